//! The whole server but for its listeners: configuration, database and services, built one way for use and for tests.

use std::sync::Arc;
use std::time::Duration;

use crate::account::link::Links;
use crate::account::notice::{Addresses, Notice};
use crate::account::throttle::Throttle;
use crate::account::{self, Authenticator, EmailService, PasswordService, SessionService, SignInService};
use crate::api_token::ApiTokenService;
use crate::audit::AuditService;
use crate::auth::mail_token::MailTokens;
use crate::auth::password::Passwords;
use crate::auth::preview::PreviewTokens;
use crate::auth::token::Tokens;
use crate::cart::{self, CartService};
use crate::catalog::attribute::{AttributeReader, AttributeService};
use crate::catalog::collection::{CollectionReader, CollectionService};
use crate::catalog::facet::FacetReader;
use crate::catalog::image::ImageService;
use crate::catalog::product::preview::PreviewService;
use crate::catalog::product::{ProductReader, ProductService};
use crate::catalog::variant::{VariantReader, VariantService};
use crate::channel::{ChannelService, PriceRuleMemory};
use crate::config::Config;
use crate::customer::group::CustomerGroupService;
use crate::customer::{self, AddressBook, CustomerService, ErasureService, RegistrationService};
use crate::db::Db;
use crate::error::Result;
use crate::gift_card::{Codes, GiftCardService};
use crate::idempotency;
use crate::job::{self, JobService, Runner, RunnerSettings, Signal, Work};
use crate::mail::{MailName, Mailer};
use crate::price_list::PriceListService;
use crate::promotion::{PromotionCodeService, PromotionService};
use crate::shipping::ShippingServices;
use crate::staff::{InvitationService, RoleService, StaffService};
use crate::stock::StockService;
use crate::tax::TaxServices;
use crate::transfer::{ExportService, ImportService};

const LOOK_AFTER_EVERY: Duration = Duration::from_secs(30);

/// A handle to the server's parts; cloning it is cheap.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What resolvers and commands call.
pub struct Parts {
    config: Config,
    db: Db,
    pub channels: ChannelService,
    pub products: ProductService,
    pub product_reader: ProductReader,
    pub images: ImageService,
    pub previews: PreviewService,
    pub variants: VariantService,
    pub variant_reader: VariantReader,
    pub attributes: AttributeService,
    pub attribute_reader: AttributeReader,
    pub facet_reader: FacetReader,
    pub carts: CartService,
    pub collections: CollectionService,
    pub collection_reader: CollectionReader,
    pub stock: StockService,
    pub price_lists: PriceListService,
    pub tax: TaxServices,
    pub price_rules: PriceRuleMemory,
    pub imports: ImportService,
    pub exports: ExportService,
    pub staff: StaffService,
    pub invitations: InvitationService,
    pub roles: RoleService,
    pub api_tokens: ApiTokenService,
    pub audit: AuditService,
    pub authenticator: Authenticator,
    pub sessions: SessionService,
    pub sign_ins: SignInService,
    pub passwords: PasswordService,
    pub emails: EmailService,
    pub links: Links,
    pub registrations: RegistrationService,
    pub customers: CustomerService,
    pub customer_groups: CustomerGroupService,
    pub promotions: PromotionService,
    pub promotion_codes: PromotionCodeService,
    pub addresses: AddressBook,
    pub erasures: ErasureService,
    pub shipping: ShippingServices,
    pub gift_cards: GiftCardService,
    pub jobs: JobService,
    pub job_signal: Signal,
    pub mailer: Mailer,
}

impl App {
    /// Connects to the database and builds the services. The database is left as it is. A broken template of a mail is
    /// found here.
    pub async fn new(config: Config) -> Result<Self> {
        let (mailer, db) = (Mailer::new(&config)?, Db::connect(&config.database).await?);
        let passwords = Passwords::new(&config.auth)?;
        let tokens = Arc::new(Tokens::new(&config.auth));
        let sessions = SessionService::new(db.clone(), Arc::clone(&tokens), config.auth.refresh_token_lifetime);
        let links = Links::new(Arc::new(MailTokens::new(&config.auth)), config.auth.links);
        let throttle = Throttle::new(db.clone(), &config.auth)?;
        let password_service = PasswordService::new(db.clone(), passwords.clone(), links.clone(), throttle.clone());
        let accounts = (password_service.clone(), sessions.clone());
        let tax = TaxServices::new(&db, config.tax_provider.as_ref())?;
        let (job_signal, price_rules) = (Signal::default(), PriceRuleMemory::default());
        let channels = ChannelService::new(db.clone(), price_rules.clone());
        let (products, product_reader) = (ProductService::new(db.clone()), ProductReader::new(db.clone()));
        Ok(Self(Arc::new(Parts {
            carts: CartService::new(db.clone(), channels.clone(), tax.provider.clone()),
            channels,
            images: ImageService::new(products.clone()),
            variants: VariantService::new(products.clone()),
            variant_reader: VariantReader::new(db.clone()),
            attributes: AttributeService::new(db.clone(), products.clone()),
            attribute_reader: AttributeReader::new(db.clone()),
            facet_reader: FacetReader::new(db.clone()),
            products,
            previews: PreviewService::new(product_reader.clone(), Arc::new(PreviewTokens::new(&config.auth))),
            product_reader,
            collections: CollectionService::new(db.clone()),
            collection_reader: CollectionReader::new(db.clone()),
            stock: StockService::new(db.clone()),
            tax,
            price_lists: PriceListService::new(db.clone(), price_rules.clone()),
            imports: ImportService::new(db.clone()),
            exports: ExportService::new(db.clone()),
            staff: StaffService::new(db.clone(), passwords.clone()),
            invitations: InvitationService::new(db.clone(), passwords.clone(), links.clone(), sessions.clone()),
            roles: RoleService::new(db.clone()),
            api_tokens: ApiTokenService::new(db.clone()),
            audit: AuditService::new(db.clone()),
            authenticator: Authenticator::new(db.clone(), tokens),
            sign_ins: SignInService::new(db.clone(), passwords.clone(), sessions.clone(), throttle.clone()),
            sessions: sessions.clone(),
            emails: EmailService::new(db.clone(), password_service.clone(), links.clone(), throttle.clone()),
            registrations: RegistrationService::new(db.clone(), passwords, links.clone(), accounts, throttle),
            customers: CustomerService::new(db.clone(), links.clone()),
            customer_groups: CustomerGroupService::new(db.clone()),
            promotions: PromotionService::new(db.clone(), price_rules.clone()),
            promotion_codes: PromotionCodeService::new(db.clone()),
            addresses: AddressBook::new(db.clone()),
            erasures: ErasureService::new(db.clone(), password_service.clone(), links.clone()),
            shipping: ShippingServices::new(&db),
            gift_cards: GiftCardService::new(db.clone(), Codes::new(&config.auth)),
            passwords: password_service,
            links,
            jobs: JobService::new(db.clone(), job_signal.clone()),
            job_signal,
            mailer,
            price_rules,
            config,
            db,
        })))
    }

    /// Makes what every shop has: a default channel and a default stock location. It needs a migrated database. What
    /// another node left unfinished goes on in the background.
    pub async fn prepare(&self) -> Result<()> {
        self.channels.create_default().await?;
        self.stock.create_default_location().await?;
        self.runner().prepare().await?;
        self.collections.resume_evaluations().await
    }

    /// Looks again and again for what nodes that have ended left unfinished.
    pub async fn look_after(&self) {
        loop {
            tokio::time::sleep(LOOK_AFTER_EVERY).await;
            if let Err(error) = self.collections.resume_evaluations().await {
                tracing::warn!(%error, "nobody could look for collections whose rules are still to be applied");
            }
        }
    }

    /// What does this server's jobs.
    pub fn runner(&self) -> Runner {
        let db = self.db();
        Runner::new(db.clone(), self.works(), self.job_signal.clone(), RunnerSettings::of(db))
    }

    /// How jobs of each kind are done.
    pub fn works(&self) -> Vec<Arc<dyn Work>> {
        let db = self.db();
        let mut works: Vec<Arc<dyn Work>> = vec![
            Arc::new(job::clean_up(db.clone())),
            Arc::new(account::clean_up(db.clone())),
            Arc::new(customer::clean_up(db.clone())),
            Arc::new(cart::clean_up(db.clone())),
            Arc::new(idempotency::clean_up(db.clone())),
        ];
        for name in MailName::ALL {
            works.push(Arc::new(Notice {
                name,
                db: db.clone(),
                mailer: self.mailer.clone(),
                tokens: self.links.tokens(),
                addresses: Addresses::of(self.config()),
            }));
        }
        works
    }

    pub fn config(&self) -> &Config {
        &self.0.config
    }

    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The full address of what may be a path of this server.
    pub fn address(&self, url: &str) -> String {
        if url.starts_with('/') { format!("{}{url}", self.0.config.public_url) } else { url.to_owned() }
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

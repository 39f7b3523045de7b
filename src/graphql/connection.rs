//! Declares the connection and edge types of a node.

/// `connection!(ProductConnection, ProductEdge, Product, ProductCount)`: the last type counts the items of all pages
/// by `async fn count(&self, ctx) -> Result<u64>`, and only when that is asked for. More fields may follow in braces.
macro_rules! connection {
    ($(#[$doc:meta])* $connection:ident, $edge:ident, $node:ty, $count:ty $(, { $($more:tt)* })?) => {
        pub struct $connection {
            pub page: $crate::graphql::page::Page<$node>,
            pub count: $count,
        }

        /// An item with its place in the list.
        #[derive(async_graphql::SimpleObject)]
        pub struct $edge {
            /// Give it as `after` or `before` to page on from here.
            cursor: String,
            /// The item.
            node: $node,
        }

        $(#[$doc])*
        #[async_graphql::Object]
        impl $connection {
            /// The items with their cursors.
            async fn edges(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$edge>> {
                $crate::graphql::context::ContextExt::admit(ctx, self.page.rows.len())?;
                let edge = |(cursor, node): &($crate::graphql::page::Cursor, $node)| $edge {
                    cursor: cursor.encode(),
                    node: node.clone(),
                };
                Ok(self.page.rows.iter().map(edge).collect())
            }

            /// The items alone.
            async fn nodes(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<Vec<$crate::graphql::prompt::Prompted<&$node>>> {
                $crate::graphql::context::ContextExt::admit(ctx, self.page.rows.len())?;
                Ok(self.page.rows.iter().map(|(_, node)| $crate::graphql::prompt::Prompted(node)).collect())
            }

            /// Whether there is more, and how to reach it.
            async fn page_info(&self) -> $crate::graphql::page::PageInfo {
                $crate::graphql::page::PageInfo::new(&self.page)
            }

            /// How many items there are on all pages. It is counted only when asked for.
            async fn total_count(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<i32> {
                let count = self.count.count(ctx).await?;
                Ok(i32::try_from(count).unwrap_or(i32::MAX))
            }

            $($($more)*)?
        }
    };
}

pub(crate) use connection;

//! The codes of a cart: which of them go where another one may not stand beside them.

use crate::cart::content::{self, Content};
use crate::cart::context::Context;
use crate::cart::edit::Edit;
use crate::promotion::{Candidates, CodeState, conflicts};
use crate::text::fold;

/// Takes away the codes whose promotions cannot apply beside those of codes that are being added, and tells which.
pub fn replace(content: &mut Content, context: &mut Context, edits: &[Edit]) -> Vec<String> {
    let mut replaced = Vec::new();
    for edit in edits {
        let Edit::AddCode(code, _) = edit else { continue };
        let gone = beaten(&context.promotions, code);
        context.promotions.codes.retain(|(other, _)| !gone.contains(other));
        let codes = &context.promotions.codes;
        let stays = |id| codes.iter().any(|(_, state)| *state == CodeState::Valid(id));
        context.promotions.promotions.retain(|candidate| candidate.code.is_none() || stays(candidate.rule.id));
        replaced.extend(gone);
    }
    remove(content, &replaced);
    replaced
}

/// Takes codes away.
pub fn remove(content: &mut Content, codes: &[String]) {
    let is_gone = |code: &String| codes.iter().any(|gone| fold(gone) == fold(code));
    let kept: Vec<_> = content::codes(&content.row).into_iter().filter(|code| !is_gone(code)).collect();
    content.row.codes = kept.into();
}

/// The other codes whose promotions a code's promotion does not suffer.
fn beaten(candidates: &Candidates, code: &str) -> Vec<String> {
    let promotion_of = |state: &CodeState| match state {
        CodeState::Valid(id) => candidates.promotions.iter().find(|candidate| candidate.rule.id == *id),
        _ => None,
    };
    let mut states = candidates.codes.iter();
    let Some(new) = states.find(|(known, _)| fold(known) == fold(code)).and_then(|(_, state)| promotion_of(state))
    else {
        return Vec::new();
    };
    let is_beaten = |(other, state): &&(String, CodeState)| {
        let promotion = promotion_of(state).filter(|promotion| promotion.rule.id != new.rule.id);
        fold(other) != fold(code) && promotion.is_some_and(|promotion| conflicts(&promotion.rule, &new.rule))
    };
    candidates.codes.iter().filter(is_beaten).map(|(other, _)| other.clone()).collect()
}

//! All forms of the glossary in one tree of symbols, so that a text is gone through once whatever the number of forms.

use std::collections::HashMap;

use super::symbols::{NONE, Pattern};
use super::text::Token;

/// The tree. Node 0 is its root.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// By symbol, because every word of a text asks here: the node of the forms that begin with it, 0 for none.
    first: Vec<u32>,
    further: HashMap<(u32, u32), u32>,
    nodes: u32,
}

impl Tree {
    /// The node where this pattern ends; made when it is not there.
    pub(super) fn add(&mut self, pattern: &Pattern) -> Option<u32> {
        let (first, rest) = pattern.split_first()?;
        let index = *first as usize;
        if self.first.len() <= index {
            self.first.resize(index + 1, 0);
        }
        let slot = self.first.get_mut(index)?;
        if *slot == 0 {
            self.nodes += 1;
            *slot = self.nodes;
        }
        let mut node = *slot;
        for symbol in rest {
            let next = self.nodes + 1;
            node = *self.further.entry((node, *symbol)).or_insert(next);
            self.nodes = self.nodes.max(node);
        }
        Some(node)
    }

    /// Number of nodes, the root among them.
    pub(super) const fn len(&self) -> usize {
        self.nodes as usize + 1
    }

    /// The node of a form of just this symbol.
    pub(super) fn single(&self, symbol: u32) -> Option<u32> {
        self.first.get(symbol as usize).copied().filter(|node| *node != 0)
    }

    /// Tells every node that the words from token `at` on lead to, and at which token each ends.
    pub(super) fn walk(&self, tokens: &[Token], at: usize, found: &mut impl FnMut(u32, usize)) {
        let Some(token) = tokens.get(at) else { return };
        for symbol in token.keys.iter().filter(|symbol| **symbol != NONE) {
            if let Some(node) = self.single(*symbol) {
                found(node, at);
                if !self.further.is_empty() {
                    self.onward(node, tokens, at, found);
                }
            }
        }
    }

    fn onward(&self, node: u32, tokens: &[Token], at: usize, found: &mut impl FnMut(u32, usize)) {
        let Some(token) = tokens.get(at) else { return };
        let position = token.position + token.parts;
        let mut next = at + 1;
        while let Some(token) = tokens.get(next).filter(|token| token.position <= position) {
            if token.position == position {
                for symbol in token.keys.iter().filter(|symbol| **symbol != NONE) {
                    if let Some(node) = self.further.get(&(node, *symbol)) {
                        found(*node, next);
                        self.onward(*node, tokens, next, found);
                    }
                }
            }
            next += 1;
        }
    }
}

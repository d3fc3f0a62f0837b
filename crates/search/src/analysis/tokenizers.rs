//! The analysis as tantivy calls it.

use std::cell::RefCell;
use std::collections::HashMap;

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use super::FIRST_POSITION;
use koplamp_language::{Stems, Words, fold_into, words};

/// Name of the analysis that keeps words as typed.
pub(crate) const EXACT: &str = "exact";
/// Name of the analysis that indexes the Dutch and the English stem of a word at the same position.
pub(crate) const STEM: &str = "stem";
/// Name of the analysis of codes: the whole value, folded, is one word.
pub(crate) const CODE: &str = "code";

/// Makes the analyses known to an index.
pub(crate) fn register(manager: &TokenizerManager) {
    manager.register(EXACT, TextAnalyzer::builder(Exact).build());
    manager.register(STEM, TextAnalyzer::builder(Stem).build());
    manager.register(CODE, TextAnalyzer::builder(Code).build());
}

#[derive(Clone)]
struct Exact;

struct ExactStream<'t> {
    words: Words<'t>,
    token: Token,
}

impl Tokenizer for Exact {
    type TokenStream<'t> = ExactStream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> ExactStream<'t> {
        ExactStream { words: words(text), token: Token::default() }
    }
}

impl TokenStream for ExactStream<'_> {
    fn advance(&mut self) -> bool {
        for word in self.words.by_ref() {
            fold_into(word.raw, &mut self.token.text);
            if !self.token.text.is_empty() {
                self.token.offset_from = word.bytes.start;
                self.token.offset_to = word.bytes.end;
                self.token.position = FIRST_POSITION + word.position;
                self.token.position_length = word.parts;
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Words of a language repeat; stemming them anew costs more than all the rest of indexing.
const REMEMBERED: usize = 100_000;

thread_local! {
    // By thread, because the writer clones its analyzer for every document and would start with an empty memory each time.
    static MEMORY: RefCell<HashMap<Box<str>, Option<Stems>>> = RefCell::default();
}

#[derive(Clone)]
struct Stem;

struct StemStream<'t> {
    words: Words<'t>,
    token: Token,
    second: Option<String>,
}

impl Tokenizer for Stem {
    type TokenStream<'t> = StemStream<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> StemStream<'t> {
        StemStream { words: words(text), token: Token::default(), second: None }
    }
}

impl StemStream<'_> {
    /// Puts the first stem into the token and keeps the second for the next call. False when the word has none.
    fn take(&mut self, stems: Option<&Stems>) -> bool {
        let Some(stems) = stems else { return false };
        self.token.text.clear();
        self.token.text.push_str(&stems.dutch);
        self.second.clone_from(&stems.english);
        true
    }
}

impl TokenStream for StemStream<'_> {
    fn advance(&mut self) -> bool {
        if let Some(second) = self.second.take() {
            self.token.text = second;
            return true;
        }
        while let Some(word) = self.words.next() {
            let taken = MEMORY.with_borrow_mut(|memory| {
                if let Some(stems) = memory.get(word.raw) {
                    return self.take(stems.as_ref());
                }
                let stems = Stems::of(word.raw);
                let taken = self.take(stems.as_ref());
                // Numbers do not repeat as words do: they would fill the memory and never be asked for.
                if stems.is_some() {
                    if memory.len() >= REMEMBERED {
                        memory.clear();
                    }
                    memory.insert(word.raw.into(), stems);
                }
                taken
            });
            if taken {
                self.token.offset_from = word.bytes.start;
                self.token.offset_to = word.bytes.end;
                self.token.position = FIRST_POSITION + word.position;
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[derive(Clone)]
struct Code;

struct CodeStream {
    token: Token,
    given: bool,
}

impl Tokenizer for Code {
    type TokenStream<'t> = CodeStream;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> CodeStream {
        let mut token = Token { offset_to: text.len(), position: 0, ..Token::default() };
        fold_into(text, &mut token.text);
        CodeStream { given: token.text.is_empty(), token }
    }
}

impl TokenStream for CodeStream {
    fn advance(&mut self) -> bool {
        !std::mem::replace(&mut self.given, true)
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

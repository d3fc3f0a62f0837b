//! A query cut into operators, parentheses, field names and things to look for.

use std::ops::Range;

use super::error::{QueryError, QueryErrorCode as Code};
use super::field::{Field, suggestions};

/// One piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: TokenKind,
    /// Its place in the query, in characters.
    pub at: Range<usize>,
}

/// What a piece is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `title:`, for what follows without a space.
    Field(Field),
    /// Between quotation marks, with what follows a `~`.
    Quoted(String, Option<String>),
    /// Anything else up to a space, quotation mark or parenthesis.
    Word(String),
}

/// Cuts a query into pieces. Punctuation that stands alone is left out, as in `Jansen & Zonen`.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, QueryError> {
    Lexer { chars: text.chars().collect(), at: 0, tokens: Vec::new() }.run()
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    tokens: Vec<Token>,
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟')
}

const fn ends_word(c: char) -> bool {
    matches!(c, '(' | ')') || is_quote(c)
}

impl Lexer {
    fn run(mut self) -> Result<Vec<Token>, QueryError> {
        while let Some(c) = self.peek() {
            match c {
                c if c.is_whitespace() => self.at += 1,
                '(' => self.single(TokenKind::Open),
                ')' => self.single(TokenKind::Close),
                c if is_quote(c) => self.quoted(self.at)?,
                '-' | '!' if self.operand_follows() => self.single(TokenKind::Not),
                '+' if self.operand_follows() => self.at += 1,
                _ => self.word()?,
            }
        }
        Ok(self.tokens)
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn text(&self, at: Range<usize>) -> String {
        self.chars.get(at).unwrap_or_default().iter().collect()
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        self.tokens.push(Token { kind, at: start..self.at });
    }

    fn single(&mut self, kind: TokenKind) {
        self.at += 1;
        self.push(kind, self.at - 1);
    }

    /// Whether the sign here is tied to something to look for, so that it is an operator and no dash.
    fn operand_follows(&self) -> bool {
        let next = self.chars.get(self.at + 1).copied();
        next.is_some_and(|c| {
            c.is_alphanumeric() || is_quote(c) || matches!(c, '(' | '=' | '*' | '?' | '\'' | '-' | '!')
        })
    }

    fn quoted(&mut self, start: usize) -> Result<(), QueryError> {
        let open = self.at;
        self.at += 1;
        while self.peek().is_some_and(|c| !is_quote(c)) {
            self.at += 1;
        }
        if self.peek().is_none() {
            return Err(QueryError {
                code: Code::UnclosedQuote,
                message: "This quotation mark is never closed: put another one after the last word of the phrase."
                    .into(),
                at: open..open + 1,
                subject: self.text(open..self.chars.len()),
                suggestions: Vec::new(),
            });
        }
        let inside = self.text(open + 1..self.at);
        self.at += 1;
        let mut tilde = None;
        if self.peek() == Some('~') {
            self.at += 1;
            let from = self.at;
            while self.peek().is_some_and(|c| !c.is_whitespace() && !ends_word(c)) {
                self.at += 1;
            }
            tilde = Some(self.text(from..self.at));
        }
        self.push(TokenKind::Quoted(inside, tilde), start);
        Ok(())
    }

    fn word(&mut self) -> Result<(), QueryError> {
        let start = self.at;
        if self.peek() == Some('=') {
            self.at += 1;
            if self.peek().is_some_and(is_quote) {
                return self.quoted(start);
            }
        }
        while let Some(c) = self.peek() {
            if c.is_whitespace() || ends_word(c) {
                break;
            }
            if c == ':' && self.field(start)? {
                return Ok(());
            }
            self.at += 1;
        }
        let word = self.text(start..self.at);
        let kind = match word.as_str() {
            "AND" | "EN" | "&&" => TokenKind::And,
            "OR" | "OF" | "||" => TokenKind::Or,
            "NOT" | "NIET" => TokenKind::Not,
            _ if self.value_expected()
                || word.contains(|c: char| c.is_alphanumeric() || matches!(c, '*' | '?' | '~')) =>
            {
                TokenKind::Word(word)
            }
            _ => return Ok(()),
        };
        self.push(kind, start);
        Ok(())
    }

    /// Whether a field name stands right before the place that the last word began at.
    fn value_expected(&self) -> bool {
        matches!(self.tokens.last(), Some(Token { kind: TokenKind::Field(_), .. }))
    }

    /// At a colon: takes what precedes it as the name of a field. False where it is part of a text: `12:30`, `http://`.
    fn field(&mut self, start: usize) -> Result<bool, QueryError> {
        let name = self.text(start..self.at);
        let address = self.text(self.at + 1..self.at + 3) == "//";
        if name.chars().count() < 2 || !name.chars().all(char::is_alphabetic) || address || self.value_expected() {
            return Ok(false);
        }
        let Some(field) = Field::from_name(&name) else {
            let suggestions = suggestions(&name);
            return Err(QueryError {
                code: Code::UnknownField,
                message: format!(
                    "There is no field '{name}'. Did you mean {}? To look for the text itself, put it between quotation marks.",
                    suggestions.join(", ")
                ),
                at: start..self.at,
                subject: name,
                suggestions,
            });
        };
        self.at += 1;
        let value = self.peek().is_some_and(|c| !c.is_whitespace() && c != ')');
        if !value {
            return Err(QueryError {
                code: Code::NoValue,
                message: format!("The field '{name}' has no value: write it right after the colon, without a space."),
                at: start..self.at,
                subject: name,
                suggestions: Vec::new(),
            });
        }
        self.push(TokenKind::Field(field), start);
        Ok(true)
    }
}

//! From pieces to a tree.

use std::ops::Range;

use super::date::{DateProblem, Days};
use super::error::{QueryError, QueryErrorCode as Code};
use super::field::{Field, Shape};
use super::lexer::{Token, TokenKind, tokens};
use super::{Form, Leaf, Node};
use koplamp_language::{fold, words};

/// Characters of a query; a longer one is a pasted document.
const MAX_LENGTH: usize = 20_000;
/// Parentheses and negations within each other.
const MAX_DEPTH: usize = 50;
/// Things to look for in one query.
const MAX_LEAVES: usize = 1_000;
/// Words between the two of a proximity search.
const MAX_BETWEEN: u32 = 50;

pub(super) fn parse(text: &str) -> Result<Node, QueryError> {
    let length = text.chars().count();
    let mut parser = Parser { text, tokens: Vec::new(), next: 0, leaves: 0 };
    if length > MAX_LENGTH {
        let message = format!("The query has {length} characters; at most {MAX_LENGTH} are read. Split it up.");
        return Err(parser.error(Code::TooLong, message, MAX_LENGTH..length));
    }
    if text.trim().is_empty() {
        return Err(parser.error(Code::Empty, "Nothing is asked: type a word to look for.", 0..length));
    }
    parser.tokens = tokens(text)?;
    if parser.tokens.is_empty() {
        return Err(parser.error(Code::NoWord, "There is no letter and no digit to look for.", 0..length));
    }
    let root = parser.any_of(None, 0)?;
    match parser.peek() {
        None => Ok(root),
        Some(token) => {
            let at = token.at.clone();
            let message = "This parenthesis was never opened: remove it, or put '(' where the group begins.";
            Err(parser.error(Code::UnopenedParenthesis, message, at))
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    next: usize,
    leaves: usize,
}

type Parsed = Result<Node, QueryError>;

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn kind(&self) -> Option<&TokenKind> {
        self.peek().map(|token| &token.kind)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.next).cloned();
        self.next += 1;
        token
    }

    fn error(&self, code: Code, message: impl Into<String>, at: Range<usize>) -> QueryError {
        let subject = self.text.chars().skip(at.start).take(at.len().min(100)).collect();
        QueryError { code, message: message.into(), at, subject, suggestions: Vec::new() }
    }

    fn any_of(&mut self, field: Option<Field>, depth: usize) -> Parsed {
        let mut nodes = vec![self.all_of(field, depth)?];
        while self.kind() == Some(&TokenKind::Or) {
            self.operator()?;
            nodes.push(self.all_of(field, depth)?);
        }
        Ok(one_or(nodes, Node::Or))
    }

    fn all_of(&mut self, field: Option<Field>, depth: usize) -> Parsed {
        let mut nodes = vec![self.negation(field, depth)?];
        loop {
            match self.kind() {
                Some(TokenKind::And) => self.operator()?,
                None | Some(TokenKind::Or | TokenKind::Close) => return Ok(one_or(nodes, Node::And)),
                Some(_) => {}
            }
            nodes.push(self.negation(field, depth)?);
        }
    }

    /// Takes an operator, and sees that something follows it.
    fn operator(&mut self) -> Result<(), QueryError> {
        let Some(token) = self.take() else { return Ok(()) };
        match self.kind() {
            None | Some(TokenKind::And | TokenKind::Or | TokenKind::Close) => {
                let name: String = self.text.chars().skip(token.at.start).take(token.at.len()).collect();
                let message = format!("Nothing follows '{name}': add what to look for, or put it in quotation marks.");
                Err(self.error(Code::NothingAfter, message, token.at))
            }
            Some(_) => Ok(()),
        }
    }

    fn negation(&mut self, field: Option<Field>, depth: usize) -> Parsed {
        if self.kind() != Some(&TokenKind::Not) {
            return self.primary(field, depth);
        }
        self.check_depth(depth)?;
        self.operator()?;
        Ok(Node::Not(Box::new(self.negation(field, depth + 1)?)))
    }

    fn check_depth(&self, depth: usize) -> Result<(), QueryError> {
        if depth < MAX_DEPTH {
            return Ok(());
        }
        let at = self.peek().map_or(0..0, |token| token.at.clone());
        Err(self.error(Code::TooDeep, format!("More than {MAX_DEPTH} groups lie within each other here."), at))
    }

    fn primary(&mut self, field: Option<Field>, depth: usize) -> Parsed {
        let end = self.text.chars().count();
        let Some(token) = self.take() else {
            return Err(self.error(Code::NothingAfter, "Something to look for is missing here.", end..end));
        };
        match token.kind {
            TokenKind::Field(field) => self.primary(Some(field), depth),
            TokenKind::Open => self.group(token.at, field, depth),
            TokenKind::Quoted(text, tilde) => self.leaf(field, token.at, |parser, field, at| match tilde {
                None => parser.phrase(field, text, at),
                Some(number) => parser.near(field, &text, &number, at),
            }),
            TokenKind::Word(text) => self.leaf(field, token.at, |parser, field, at| parser.word(field, &text, at)),
            TokenKind::Close => {
                let message = "This parenthesis was never opened: remove it, or put '(' where the group begins.";
                Err(self.error(Code::UnopenedParenthesis, message, token.at))
            }
            TokenKind::And | TokenKind::Or | TokenKind::Not => {
                let name: String = self.text.chars().skip(token.at.start).take(token.at.len()).collect();
                let message =
                    format!("Nothing stands before '{name}': add what to look for, or put it in quotation marks.");
                Err(self.error(Code::NothingBefore, message, token.at))
            }
        }
    }

    fn group(&mut self, open: Range<usize>, field: Option<Field>, depth: usize) -> Parsed {
        self.check_depth(depth)?;
        if self.kind() == Some(&TokenKind::Close) {
            let end = self.peek().map_or(open.end, |token| token.at.end);
            return Err(self.error(
                Code::EmptyParentheses,
                "There is nothing between these parentheses.",
                open.start..end,
            ));
        }
        let unclosed = |parser: &Self| {
            let message = "This parenthesis is never closed: put ')' where the group ends.";
            parser.error(Code::UnclosedParenthesis, message, open.clone())
        };
        if self.peek().is_none() {
            return Err(unclosed(self));
        }
        let inside = self.any_of(field, depth + 1)?;
        match self.take() {
            Some(Token { kind: TokenKind::Close, .. }) => Ok(inside),
            _ => Err(unclosed(self)),
        }
    }

    fn leaf(
        &mut self,
        field: Option<Field>,
        at: Range<usize>,
        form: impl FnOnce(&Self, Option<Field>, &Range<usize>) -> Result<Option<Form>, QueryError>,
    ) -> Parsed {
        self.leaves += 1;
        if self.leaves > MAX_LEAVES {
            let message = format!("The query looks for more than {MAX_LEAVES} things at once. Split it up.");
            return Err(self.error(Code::TooDeep, message, at));
        }
        Ok(match form(self, field, &at)? {
            Some(form) => Node::Leaf(Leaf { field, form, at }),
            None => Node::All,
        })
    }

    fn phrase(&self, field: Option<Field>, text: String, at: &Range<usize>) -> Result<Option<Form>, QueryError> {
        if field.map(Field::shape) == Some(Shape::Date) {
            return self.days(text.trim(), at).map(Some);
        }
        self.check_words(&text, at)?;
        Ok(Some(Form::Phrase(text)))
    }

    fn near(
        &self,
        field: Option<Field>,
        text: &str,
        number: &str,
        at: &Range<usize>,
    ) -> Result<Option<Form>, QueryError> {
        self.check_text(field, "proximity", at)?;
        let Some(between) = number.parse::<u32>().ok().filter(|&number| number <= MAX_BETWEEN) else {
            let message = format!(
                "After '~' goes the number of words that may stand between the two, 0 to {MAX_BETWEEN}: \"geld koerier\"~5."
            );
            return Err(self.error(Code::BadTilde, message, at.clone()));
        };
        let parts: Vec<String> = words(text)
            .filter(|word| word.parts == 1)
            .map(|word| fold(word.raw))
            .filter(|word| !word.is_empty())
            .collect();
        match <[String; 2]>::try_from(parts) {
            Ok([one, other]) if one != other => Ok(Some(Form::Near(one, other, between))),
            _ => {
                let message = "Proximity takes two different words: join several pairs with AND.";
                Err(self.error(Code::BadTilde, message, at.clone()))
            }
        }
    }

    fn word(&self, field: Option<Field>, text: &str, at: &Range<usize>) -> Result<Option<Form>, QueryError> {
        let shape = field.map_or(Shape::Text, Field::shape);
        self.check_supported(field, text, at)?;
        if shape == Shape::Date {
            return self.days(text, at).map(Some);
        }
        if let Some(exact) = text.strip_prefix('=').or_else(|| text.strip_prefix('\'')?.strip_suffix('\'')) {
            self.check_words(exact, at)?;
            return Ok(Some(Form::Phrase(exact.to_owned())));
        }
        if let Some((word, number)) = text.split_once('~') {
            self.check_text(field, "'~'", at)?;
            return self.fuzzy(word, number, at).map(Some);
        }
        if text == "*" {
            return match field {
                None => Ok(None),
                Some(_) => Err(self.error(
                    Code::BadWildcard,
                    "'*' alone stands for every document and takes no field.",
                    at.clone(),
                )),
            };
        }
        if text.contains(['*', '?']) {
            return self.wildcard(text, at).map(Some);
        }
        self.check_words(text, at)?;
        Ok(Some(if shape == Shape::Code { Form::Phrase(text.to_owned()) } else { Form::Word(text.to_owned()) }))
    }

    fn check_words(&self, text: &str, at: &Range<usize>) -> Result<(), QueryError> {
        if words(text).any(|word| !fold(word.raw).is_empty()) {
            return Ok(());
        }
        Err(self.error(Code::NoWord, "There is no letter and no digit to look for here.", at.clone()))
    }

    fn check_text(&self, field: Option<Field>, what: &str, at: &Range<usize>) -> Result<(), QueryError> {
        if field.map_or(Shape::Text, Field::shape) == Shape::Text {
            return Ok(());
        }
        let message = format!("This field holds codes or dates: {what} is for texts only.");
        Err(self.error(Code::NotForField, message, at.clone()))
    }

    fn check_supported(&self, field: Option<Field>, text: &str, at: &Range<usize>) -> Result<(), QueryError> {
        let regex = text.len() > 2 && text.starts_with('/') && text.ends_with('/');
        let near = text.strip_prefix("NEAR/").is_some_and(|number| number.parse::<u32>().is_ok());
        let boost =
            text.rsplit_once('^').is_some_and(|(word, number)| !word.is_empty() && number.parse::<f32>().is_ok());
        let bracket = field.is_some() && text.starts_with(['[', '{']);
        let message = if regex {
            "Regular expressions cannot be searched for: use * for any letters and ? for one letter, or a phrase."
        } else if near {
            "NEAR is written otherwise: \"geld koerier\"~5 for at most five words between the two."
        } else if boost {
            "A word cannot be given more weight: leave out what follows '^'."
        } else if bracket {
            "A range is written with two dots: date:2024-01..2024-06."
        } else {
            return Ok(());
        };
        Err(self.error(Code::NotSupported, message, at.clone()))
    }

    fn days(&self, text: &str, at: &Range<usize>) -> Result<Form, QueryError> {
        Days::parse(text).map(Form::Days).map_err(|problem| match problem {
            DateProblem::Unreadable(part) => {
                let message = format!(
                    "'{part}' is not a date: write 2024, 2024-05, 2024-05-03 or 3-5-2024, and a range as 2024-01..2024-06, >2024-05 or <=2023."
                );
                self.error(Code::BadDate, message, at.clone())
            }
            DateProblem::Reversed => {
                let message = "This range ends before it begins: the earlier date goes first.";
                self.error(Code::ReversedRange, message, at.clone())
            }
        })
    }

    fn fuzzy(&self, word: &str, number: &str, at: &Range<usize>) -> Result<Form, QueryError> {
        let distance = match number {
            "" | "1" => 1,
            "2" => 2,
            _ => 0,
        };
        let folded = fold(word);
        if distance == 0 || folded.is_empty() || !is_one_word(word) {
            let message = "'~' goes after one word, with the number of letters that may differ: jansen~1 or jansen~2.";
            return Err(self.error(Code::BadTilde, message, at.clone()));
        }
        if folded.chars().count() <= usize::from(distance) {
            let message = "The word is too short: every word of its length would match.";
            return Err(self.error(Code::BadTilde, message, at.clone()));
        }
        Ok(Form::Fuzzy(folded, distance))
    }

    fn wildcard(&self, text: &str, at: &Range<usize>) -> Result<Form, QueryError> {
        if !is_one_word(&text.replace(['*', '?'], "x")) {
            let message =
                "A wildcard works within one word: split the text, or look for it as a phrase without wildcards.";
            return Err(self.error(Code::BadWildcard, message, at.clone()));
        }
        let mut pattern = String::new();
        for piece in text.split_inclusive(['*', '?']) {
            pattern.push_str(&fold(piece));
            match piece.chars().last() {
                Some('*') if pattern.ends_with('*') => {}
                Some(sign @ ('*' | '?')) => pattern.push(sign),
                _ => {}
            }
        }
        if !pattern.contains(char::is_alphanumeric) {
            let message = "A wildcard needs at least one letter or digit beside it: belasting*.";
            return Err(self.error(Code::BadWildcard, message, at.clone()));
        }
        Ok(Form::Wildcard(pattern))
    }
}

/// Whether a text is one word to the analysis, at most with parts that are tied by hyphens or apostrophes.
fn is_one_word(text: &str) -> bool {
    let mut words = words(text);
    let Some(first) = words.next() else { return false };
    words.all(|part| first.bytes.contains(&part.bytes.start))
}

fn one_or(mut nodes: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    match nodes.len() {
        1 => nodes.remove(0),
        _ => many(nodes),
    }
}

//! Mail with its attachments.

use crate::{Kind, Result, Source, dates, render::Member};
use mail_builder::{
    MessageBuilder,
    headers::{address::Address, content_type::ContentType, raw::Raw},
    mime::{BodyPart, MimePart},
};
use sha2::{Digest, Sha256};
use time::format_description::well_known::Rfc2822;

/// The message, with a boundary and an identifier that follow from the name of the file.
///
/// # Errors
/// An address without `@`.
pub fn render(source: &Source, members: &[Member]) -> Result<Vec<u8>> {
    let digest = hex::encode(Sha256::digest(source.file.as_bytes()));
    let short = digest.get(..24).unwrap_or_default();
    let id = source.message_id.clone().unwrap_or_else(|| format!("{short}@mail.example"));
    let from = source.from.as_deref().unwrap_or_default();
    let date = dates::moment(source).format(&Rfc2822).map_err(|error| source.unrenderable(error))?;
    let mut message = MessageBuilder::new()
        .from(address(source, "from", from)?)
        .to(addresses(source, "to", &source.to)?)
        .subject(source.title.as_str())
        .header("Date", Raw::new(date))
        .message_id(id);
    if !source.cc.is_empty() {
        message = message.cc(addresses(source, "cc", &source.cc)?);
    }
    if let Some(parent) = &source.in_reply_to {
        message = message.in_reply_to(parent.as_str()).references(parent.as_str());
    }
    let text = MimePart::new("text/plain", source.body.as_str());
    let body = if members.is_empty() {
        text
    } else {
        let kind = ContentType::new("multipart/mixed").attribute("boundary", format!("=_{short}"));
        let parts = std::iter::once(text).chain(members.iter().map(attachment)).collect();
        MimePart::new(kind, BodyPart::Multipart(parts))
    };
    message.body(body).write_to_vec().map_err(|error| source.unrenderable(error))
}

fn attachment<'a>(member: &'a Member) -> MimePart<'a> {
    let Member { source, bytes } = member;
    let kind = ContentType::new(source.kind.media_type());
    let kind = match source.kind {
        Kind::Csv | Kind::Txt => kind.attribute("charset", source.encoding.name().to_lowercase()),
        Kind::Html | Kind::Markdown => kind.attribute("charset", "utf-8"),
        _ => kind,
    };
    let part = MimePart::new(kind, BodyPart::Binary(bytes.as_slice().into())).attachment(source.name());
    match source.kind {
        // RFC 2046, section 5.2.1: a message within a message is not encoded again.
        Kind::Eml => part.transfer_encoding("7bit"),
        _ => part,
    }
}

fn addresses<'a>(source: &Source, key: &str, list: &'a [String]) -> Result<Address<'a>> {
    let list: Result<_> = list.iter().map(|entry| address(source, key, entry)).collect();
    Ok(Address::new_list(list?))
}

/// `Name <local@domain>` or `local@domain`.
fn address<'a>(source: &Source, key: &str, text: &'a str) -> Result<Address<'a>> {
    let (name, email) = match text.trim().strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
        Some((name, email)) => (Some(name.trim().trim_matches('"')).filter(|name| !name.is_empty()), email.trim()),
        None => (None, text.trim()),
    };
    match email.split_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.is_empty() => Ok(Address::new_address(name, email)),
        _ => Err(source.error(key, format!("`{text}` is not a mail address such as \"Name <name@place.example>\""))),
    }
}

//! From sources to files.

use crate::{
    DemoCase, Error, Kind, Result, Source, archive, docx, eml, html,
    pdf::{self, Fonts, Look},
    plain, scan,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Where the file lies, below the output folder.
    pub path: PathBuf,
    /// What it is.
    pub kind: Kind,
    /// Code of the organisation that delivers it.
    pub organisation: String,
}

/// Writes every document of `case` that is a file of its own below `out`, replacing what is there.
///
/// # Errors
/// The first document that cannot be rendered, or file that cannot be written.
pub fn render(case: &DemoCase, out: &Path) -> Result<Vec<Rendered>> {
    let renderer = Renderer::new(case)?;
    let mut rendered = Vec::new();
    for source in case.documents.iter().filter(|source| !source.attached_only) {
        let path = out.join(&source.file);
        let failed = |source| Error::Write { path: path.clone(), source };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::write(&path, renderer.bytes(source)?).map_err(failed)?;
        rendered.push(Rendered { path, kind: source.kind, organisation: source.organisation.clone() });
    }
    Ok(rendered)
}

/// What the renderers share.
pub struct Renderer<'c> {
    case: &'c DemoCase,
    fonts: Fonts,
}

/// A document inside a mail or an archive.
pub struct Member<'c> {
    pub source: &'c Source,
    pub bytes: Vec<u8>,
}

impl<'c> Renderer<'c> {
    fn new(case: &'c DemoCase) -> Result<Self> {
        let fonts = Fonts::load().map_err(|message| Error::Render { file: case.name.clone(), message })?;
        Ok(Self { case, fonts })
    }

    /// The bytes of the file of `source`.
    fn bytes(&self, source: &Source) -> Result<Vec<u8>> {
        match source.kind {
            Kind::Pdf => Ok(pdf::render(source, Look::Official, &self.fonts)?.0),
            Kind::Png => scan::render(source, &self.fonts),
            Kind::Docx => docx::render(source),
            Kind::Html => Ok(html::render(source)),
            Kind::Markdown => Ok(plain::markdown(source)),
            Kind::Csv | Kind::Txt => plain::encoded(source),
            Kind::Eml => eml::render(source, &self.members(source)?),
            Kind::Zip => archive::render(source, &self.members(source)?),
        }
    }

    fn members(&self, source: &Source) -> Result<Vec<Member<'c>>> {
        let members = source.members.iter().map(|file| {
            let found = self.case.documents.iter().find(|other| other.file == *file);
            let source = found.ok_or_else(|| source.unrenderable(format!("no source has `file = \"{file}\"`")))?;
            Ok(Member { source, bytes: self.bytes(source)? })
        });
        members.collect()
    }
}

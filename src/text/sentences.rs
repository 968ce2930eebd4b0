//! Sentences (stand-in).
/// A sentence.
pub struct Sentence { /// start
 pub start: usize, /// end
 pub end: usize, /// paragraph
 pub paragraph: bool }
/// Options.
#[derive(Debug, Clone, Default)]
pub struct Options { /// language
 pub language: String, /// abbreviations
 pub abbreviations: Vec<String>, /// repair
 pub repair_breaks: bool }
/// Splitter
#[derive(Debug, Default)]
pub struct Splitter;
impl Splitter {
    /// new
    pub fn new(_: &Options) -> crate::Result<Self> { Ok(Self) }
    /// split
    pub fn split(&self, text: &str) -> Vec<Sentence> {
        let mut out = Vec::new(); let mut s = 0; let b = text.as_bytes();
        for i in 0..b.len() { if (b[i]==b'.' && (i+1==b.len() || b[i+1]==b' ' || b[i+1]==b'\n')) || (b[i]==b'\n' && i+1<b.len() && b[i+1]==b'\n') || i+1==b.len() {
            let t=&text[s..i+1]; let tr=t.trim(); if !tr.is_empty() { let o=s+(t.len()-t.trim_start().len()); out.push(Sentence{start:o,end:o+tr.len(),paragraph: b[i]==b'\n'||text[i+1..].starts_with("\n\n")}); } s=i+1; } }
        out
    }
    /// repairs
    pub fn repairs_breaks(&self) -> bool { false }
}

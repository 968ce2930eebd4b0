//! The reasons for which a sentence ends or goes on: one row a rule.

macro_rules! rules {
    ($($variant:ident $name:literal $why:literal;)*) => {
        /// Why a sentence ended, or why it went on at a place that looked like an end.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Rule {
            $(#[doc = $why] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the table.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// The rule's name, as shown to users.
            pub fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name,)* }
            }

            /// One sentence that explains the rule.
            pub fn why(self) -> &'static str {
                match self { $(Rule::$variant => $why,)* }
            }
        }
    };
}

rules! {
    // Reasons to end.
    TextEnd "text_end" "The text ends here.";
    Paragraph "paragraph" "A blank line, a page break or a paragraph separator follows.";
    LineEnd "line_end" "The line was ended on purpose: a heading, a short line or a table row.";
    NewItem "new_item" "A list item begins here.";
    Separator "separator" "A line of asterisks, dashes or the like stands between two sentences.";
    FullStop "full_stop" "A full stop and no reason to go on.";
    Mark "mark" "A question or exclamation mark and no reason to go on.";
    Smiley "smiley" "A smiley, and what follows begins like a sentence.";
    ScriptStop "script_stop" "A full stop that has no other use in its script.";
    EllipsisEnd "ellipsis_end" "An ellipsis, and what follows begins like a sentence.";
    AbbreviationEnd "abbreviation_end" "An abbreviation that may end a sentence, and what follows begins one.";
    InitialEnd "initial_end" "A single letter, and what follows begins like a sentence and not like a name.";
    Glued "glued" "A stop with no space behind it, between two words that are clearly apart.";
    Letter "letter" "A greeting or a closing formula of a letter.";
    Stamp "stamp" "A date and time as mail programs write them.";
    // Reasons to go on.
    Title "title" "A title or another abbreviation that always precedes something.";
    Abbreviation "abbreviation" "An abbreviation, and what follows does not begin like a sentence.";
    UserAbbreviation "user_abbreviation" "An abbreviation that the user added.";
    Initial "initial" "A single letter: the initial of a name.";
    Acronym "acronym" "Letters with full stops between them, and what follows does not begin like a sentence.";
    BeforeNumber "before_number" "An abbreviation for numbers, and a number follows.";
    Ordinal "ordinal" "A number with a full stop that means an ordinal in this language.";
    Inside "inside" "No space follows: a decimal, a version, an address, a file name.";
    ItemMarker "item_marker" "The full stop belongs to the number or letter of a list item.";
    LesserStop "lesser_stop" "A full stop in a language whose sentences end with a mark of its own.";
    LowerCase "lower_case" "What follows begins with a small letter.";
    Continues "continues" "A comma or another mark follows that cannot begin a sentence.";
    QuoteContinues "quote_continues" "The quotation or bracket ends and its sentence goes on.";
    Attribution "attribution" "The words that say who spoke follow the quotation.";
    EllipsisContinues "ellipsis_continues" "An ellipsis, and the sentence goes on.";
    NameMark "name_mark" "The mark is part of a name, as in Yahoo!.";
    InsideBrackets "inside_brackets" "The title or quotation around it has not been closed yet.";
    SoftBreak "soft_break" "A line break within a paragraph stands for a space.";
    Repaired "repaired" "A blank line in mid-sentence, as page breaks leave them, was bridged.";
}

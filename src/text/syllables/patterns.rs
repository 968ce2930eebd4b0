//! English syllables by rule: a small table of letter patterns, for words outside of the dictionary.
//!
//! Of each letter that can carry a syllable the weights of all patterns that fit around it are
//! added; above zero it carries one. `lists/syllables-en.txt` has a pattern and its weight a line,
//! the asked letter in capitals, `^` and `$` the word's ends: `E$ -91` is the silent e,
//! `tEd$ 85` what keeps it in "acted". `benches/tools/syllables/fit_rules.py` fits the table and
//! is its twin: candidates and pieces must be chosen alike in both.

use std::collections::VecDeque;
use std::sync::LazyLock;

const TEXT: &str = include_str!("../lists/syllables-en.txt");

/// How far a pattern may reach to the left and right of its letter, and its length.
const MAX_LEFT: usize = 4;
const MAX_RIGHT: usize = 5;
const MAX_PIECE: usize = 6;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(TEXT));

/// Builds the table now instead of at the first word.
pub(super) fn warm() {
    LazyLock::force(&TABLE);
}

/// The letters of `word` (ASCII letters in any case and apostrophes) that carry a syllable.
/// Zero where there is no vowel at all.
pub(super) fn syllables(word: &str) -> u32 {
    let mut short = [0; 40];
    let mut long = Vec::new();
    // Behind the word no pattern goes on.
    let codes = match short.get_mut(..word.len() + 2 + MAX_RIGHT) {
        Some(codes) => codes,
        None => {
            long.resize(word.len() + 2 + MAX_RIGHT, 0);
            &mut long
        }
    };
    codes[0] = code(b'^');
    codes[1..].iter_mut().zip(word.bytes().chain([b'$'])).for_each(|(c, b)| *c = code(b));
    let table: &Table = &TABLE;
    let carries = |&i: &usize| is_candidate(codes, i) && table.score(codes, i) > 0;
    (1..=word.len()).filter(carries).fold(0u32, |n, _| n.saturating_add(1))
}

/// Vowel letters, and the consonants that carry a syllable in -ism, -thm, Mc- and -n't.
fn is_candidate(codes: &[u8], i: usize) -> bool {
    const A: u8 = code(b'a');
    const E: u8 = code(b'e');
    const I: u8 = code(b'i');
    const O: u8 = code(b'o');
    const U: u8 = code(b'u');
    const Y: u8 = code(b'y');
    const M: u8 = code(b'm');
    const C: u8 = code(b'c');
    const N: u8 = code(b'n');
    match codes[i] {
        A | E | I | O | U | Y => true,
        M => codes[i - 1] == code(b's') || codes[i - 1] == code(b'h'),
        C => i == 2 && codes[1] == M,
        N => codes[i + 1] == code(b'\''),
        _ => false,
    }
}

const fn code(b: u8) -> u8 {
    match b {
        b'a'..=b'z' | b'A'..=b'Z' => b & 31,
        b'^' => 27,
        b'$' => 28,
        _ => 29,
    }
}

/// The code of a letter as the next one to the left of a pattern.
const fn leftwards(code: u8) -> u8 {
    code + 29
}

/// All patterns as a tree: from the asked letter to the left, letter by letter, and from each place there to the
/// right. The child of a node by a letter stands in one array of cells at a distance that the node knows plus
/// the letter's code, and names the node as its parent: a step is one look at memory, and all cells
/// together are small.
struct Table {
    cells: Vec<Cell>,
}

#[derive(Clone, Copy)]
struct Cell {
    parent: u16,
    children: u16,
    /// 0 where the list has none.
    weight: i16,
    /// Bits for the lowest four of the codes that the children have, so that few are looked for in vain.
    filter: u16,
}

/// The node that all patterns begin at.
const ROOT: u16 = 0;
/// The parent of the root, and of a cell that is free.
const NONE: u16 = u16::MAX;
/// The codes are below it.
const CODES: usize = 60;

/// The bit of a code in a filter.
const fn bit(code: u8) -> u16 {
    1 << (code & 15)
}

/// The way to a pattern from the root, filled up with zeros.
type Path = [u8; MAX_PIECE];

impl Table {
    fn read(text: &str) -> Self {
        let mut paths: Vec<(Path, i16)> = text
            .lines()
            .filter_map(|line| {
                let (pattern, weight) = line.split_once(' ')?;
                let asked = pattern.bytes().position(|b| b.is_ascii_uppercase())?;
                let (left, right) = pattern.as_bytes().split_at(asked);
                let (letter, right) = right.split_first()?;
                let left = left.iter().rev().map(|&b| leftwards(code(b)));
                let codes = [code(*letter)].into_iter().chain(left).chain(right.iter().map(|&b| code(b)));
                let mut path = [0; MAX_PIECE];
                path.iter_mut().zip(codes).for_each(|(place, code)| *place = code);
                Some((path, weight.parse().ok()?))
            })
            .collect();
        paths.sort_unstable();
        let free = Cell { parent: NONE, children: 0, weight: 0, filter: 0 };
        let mut table = Self { cells: vec![free; CODES] };
        let (mut next_free, mut room) = (1, 0);
        // Nodes whose children have no place yet, with the paths through them and their length: those near the
        // root first, which have most children and are read most.
        let mut waiting = VecDeque::from([(ROOT, 0, &paths[..])]);
        while let Some((node, depth, paths)) = waiting.pop_front() {
            let own =
                paths.iter().take_while(|(path, _)| path.get(depth).is_none_or(|&code| code == 0)).count();
            if let Some(&(_, weight)) = paths[..own].first() {
                table.cells[usize::from(node)].weight = weight;
            }
            let children: Vec<&[(Path, i16)]> =
                paths[own..].chunk_by(|a, b| a.0[depth] == b.0[depth]).collect();
            let Some(first) = children.first() else { continue };
            while table.cells[next_free].parent != NONE {
                next_free += 1;
            }
            let mut place = next_free.saturating_sub(usize::from(first[0].0[depth]));
            if children.len() > 1 {
                // Below it only single cells are free.
                place = place.max(room);
            }
            let from = place;
            loop {
                table.cells.resize(table.cells.len().max(place + 2 * CODES), free);
                let is_free = |code: u8| {
                    let at = place + usize::from(code);
                    at != usize::from(ROOT) && table.cells[at].parent == NONE
                };
                if children.iter().all(|paths| is_free(paths[0].0[depth])) {
                    break;
                }
                place += 1;
            }
            if place > from + 4 {
                room = place - 4;
            }
            table.cells[usize::from(node)].children = place as u16;
            for paths in children {
                let at = place + usize::from(paths[0].0[depth]);
                table.cells[at].parent = node;
                table.cells[usize::from(node)].filter |= bit(paths[0].0[depth]);
                waiting.push_back((at as u16, depth + 1, paths));
            }
        }
        table
    }

    /// The child of a node by a code, if there is one.
    #[inline]
    fn child(&self, (node, cell): (u16, Cell), code: u8) -> Option<(u16, Cell)> {
        if cell.filter & bit(code) == 0 {
            return None;
        }
        let at = cell.children + u16::from(code);
        let child = self.cells[usize::from(at)];
        (child.parent == node).then_some((at, child))
    }

    /// The weights of all patterns around letter `i`, added. A search stops at the first node that is not there.
    fn score(&self, codes: &[u8], i: usize) -> i32 {
        let mut sum = 0;
        let Some(mut asked) = self.child((ROOT, self.cells[usize::from(ROOT)]), codes[i]) else { return 0 };
        for left in 0..=MAX_LEFT.min(i) {
            if left > 0 {
                let Some(longer) = self.child(asked, leftwards(codes[i - left])) else { break };
                asked = longer;
            }
            sum += i32::from(asked.1.weight);
            let mut node = asked;
            for &code in &codes[i + 1..=i + MAX_RIGHT] {
                let Some(longer) = self.child(node, code) else { break };
                node = longer;
                sum += i32::from(node.1.weight);
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_without_loss() {
        let cells = &TABLE.cells;
        assert_eq!(cells.iter().filter(|cell| cell.weight != 0).count(), TEXT.lines().count());
        assert!(cells.len() < usize::from(NONE));
        let filled = cells.iter().filter(|cell| cell.parent != NONE).count();
        assert!(filled * 5 > cells.len() * 4, "{filled} of {}", cells.len());
    }

    #[test]
    fn a_search_that_stops_early_misses_nothing() {
        // Every pattern that fits, one by one.
        let weights: std::collections::HashMap<&str, i32> =
            TEXT.lines().filter_map(|l| l.split_once(' ')).map(|(p, w)| (p, w.parse().unwrap())).collect();
        for (word, _) in super::super::dictionary::words().step_by(7) {
            if word.contains(['-', '.']) {
                continue;
            }
            let framed = format!("^{word}$");
            let codes: Vec<u8> = framed.bytes().map(code).chain([0; MAX_RIGHT]).collect();
            for i in (1..=word.len()).filter(|&i| is_candidate(&codes, i)) {
                let mut sum = 0;
                for from in i.saturating_sub(MAX_LEFT)..=i {
                    for end in i + 1..=framed.len().min(i + 1 + MAX_RIGHT) {
                        let mut piece = framed[from..end].to_owned();
                        piece[i - from..=i - from].make_ascii_uppercase();
                        sum += weights.get(piece.as_str()).copied().unwrap_or(0);
                    }
                }
                assert_eq!(TABLE.score(&codes, i), sum, "{word} {i}");
            }
        }
    }

    #[test]
    fn rules_alone_agree_with_the_dictionary() {
        // The tenth that the fit never saw is judged in tests/rust/syllables.rs.
        let (mut right, mut all) = (0, 0);
        for (word, count) in super::super::dictionary::words() {
            if word.bytes().all(|b| b.is_ascii_lowercase()) {
                all += 1;
                right += u32::from(
                    super::super::syllables_by_rule(&word, super::super::Language::English).count == count,
                );
            }
        }
        assert!(f64::from(right) / f64::from(all) > 0.97, "{right} of {all}");
    }
}

//! The names to look for.

use std::sync::Arc;

use pyo3::prelude::*;

use super::run::{Call, run};
use crate::entities::{Alias, Ambiguous, CasePolicy, Entity, Gazetteer, Overlap};
use crate::parallel::Job;

/// A compiled gazetteer; `lexmill.Gazetteer` is its public face.
#[pyclass(name = "Gazetteer", module = "lexmill._core", frozen)]
pub(super) struct PyGazetteer(pub(super) Arc<Gazetteer>);

/// name, type, aliases as (text, case policy or None).
pub(super) type EntityRow = (String, Option<String>, Vec<(String, Option<String>)>);

/// An entity as Python has it.
pub(super) fn row(entity: Entity) -> EntityRow {
    let aliases = entity.aliases.into_iter().map(|a| (a.text, a.case.map(|c| c.name().to_owned())));
    (entity.name, entity.kind, aliases.collect())
}

#[pymethods]
impl PyGazetteer {
    #[new]
    fn new(
        py: Python<'_>,
        rows: Vec<EntityRow>,
        case: &str,
        overlap: &str,
        ambiguous: &str,
    ) -> PyResult<Self> {
        let (case, overlap) = (CasePolicy::parse("case", case)?, Overlap::parse(overlap)?);
        let ambiguous = Ambiguous::parse(ambiguous)?;
        let mut entities = Vec::with_capacity(rows.len());
        for (i, (name, kind, aliases)) in rows.into_iter().enumerate() {
            let policy = |case: &String| {
                let place = || format!("entities[{i}] {name:?}: case");
                CasePolicy::of_alias("case", case).or_else(|_| CasePolicy::of_alias(&place(), case))
            };
            let aliases = aliases.into_iter().map(|(text, case)| {
                let case = case.as_ref().map(policy).transpose()?;
                Ok(Alias { text, case })
            });
            let aliases = aliases.collect::<crate::Result<_>>()?;
            entities.push(Entity { name, kind, aliases });
        }
        let bytes = entities.iter().map(|e| e.name.len() as u64 + 64 * (1 + e.aliases.len() as u64)).sum();
        let compile = |job: &Job| Gazetteer::compile(entities, case, overlap, ambiguous, job);
        let compiled = run(py, &Call::quiet(bytes), compile)?;
        Ok(Self(Arc::new(compiled)))
    }

    /// The names that several entities claim, with the places of these.
    fn ambiguous(&self) -> Vec<(&str, Vec<u32>)> {
        self.0.ambiguous().collect()
    }

    fn __len__(&self) -> usize {
        self.0.entities().len()
    }

    /// The canonical name that `name` stands for, None if it stands for none or for several.
    fn find(&self, name: &str) -> Option<&str> {
        self.0.find(name).map(|e| self.0.entities()[e as usize].name.as_str())
    }
}

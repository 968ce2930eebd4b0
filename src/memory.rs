//! Memory for large tables on Linux: in pages of two megabytes where the system gives them.
//!
//! A table of words or pairs is read all over the place, and a fresh one is touched page by page for
//! the first time. With pages of four kilobytes both cost more than the counting: a look-up misses
//! the address cache, and a third of a pass is spent in the kernel. So whatever is large comes from the
//! system by itself and is marked as worth large pages; the rest is left to the usual allocator.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr;

/// The size of a large page, and of the smallest allocation that asks for some.
const LARGE: usize = 2 << 20;

/// An allocator that takes large pages for large allocations.
#[derive(Debug, Clone, Copy, Default)]
pub struct LargePages;

fn is_large(size: usize, align: usize) -> bool {
    size >= LARGE && align <= LARGE
}

// SAFETY: an allocation is large or not by its layout alone, so each is given back to where it came
// from; large ones are private mappings of their own, at least as long as asked for.
unsafe impl GlobalAlloc for LargePages {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if is_large(layout.size(), layout.align()) {
            return map(layout.size());
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if is_large(layout.size(), layout.align()) {
            // Fresh pages are zero.
            return map(layout.size());
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, start: *mut u8, layout: Layout) {
        if is_large(layout.size(), layout.align()) {
            unmap(start, layout.size());
        } else {
            // SAFETY: the caller's promise; it came from there.
            unsafe { System.dealloc(start, layout) }
        }
    }

    unsafe fn realloc(&self, start: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let (was, will) = (is_large(layout.size(), layout.align()), is_large(size, layout.align()));
        if !was && !will {
            // SAFETY: the caller's promise; it came from there.
            return unsafe { System.realloc(start, layout, size) };
        }
        if was && will && size > layout.size() {
            // The pages move as they are, to where there is room for more: nothing is copied.
            let (new, flags) = (map(size), libc::MREMAP_MAYMOVE | libc::MREMAP_FIXED);
            if new.is_null() {
                return new;
            }
            // SAFETY: a mapping of that length, and a new one that gives way to it.
            let moved =
                unsafe { libc::mremap(start.cast(), layout.size(), size, flags, new.cast::<libc::c_void>()) };
            if moved != libc::MAP_FAILED {
                advise(new, size);
                return new;
            }
            // The new one may be gone already and its place another's: it is left alone.
            return ptr::null_mut();
        }
        // SAFETY: the size is not zero and, with this alignment, the caller's promise holds it below
        // the largest; both allocations are at least as long as what is copied.
        unsafe {
            let new = self.alloc(Layout::from_size_align_unchecked(size, layout.align()));
            if !new.is_null() {
                ptr::copy_nonoverlapping(start, new, size.min(layout.size()));
                self.dealloc(start, layout);
            }
            new
        }
    }
}

/// A mapping that begins with a large page; null if there is no memory.
fn map(size: usize) -> *mut u8 {
    let Some(length) = size.checked_add(LARGE) else { return ptr::null_mut() };
    let (access, kind) = (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    // SAFETY: a new mapping, wherever there is room.
    let start = unsafe { libc::mmap(ptr::null_mut(), length, access, kind, -1, 0) };
    if start == libc::MAP_FAILED {
        return ptr::null_mut();
    }
    let start = start.cast::<u8>();
    let before = start.align_offset(LARGE).min(LARGE);
    // What is used ends with a page of the usual size, whatever that is here.
    // SAFETY: asks for a number.
    let page = usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).unwrap_or(4096);
    let used = size.next_multiple_of(page);
    let first = start.wrapping_add(before);
    if before > 0 {
        unmap(start, before);
    }
    if length.next_multiple_of(page) > before + used {
        unmap(first.wrapping_add(used), length.next_multiple_of(page) - before - used);
    }
    advise(first, size);
    first
}

/// Asks for large pages; the system may say no.
fn advise(start: *mut u8, size: usize) {
    // SAFETY: a mapping of our own, and the advice changes nothing that it holds.
    unsafe { libc::madvise(start.cast(), size, libc::MADV_HUGEPAGE) };
}

fn unmap(start: *mut u8, size: usize) {
    // SAFETY: a part of a mapping of our own that nobody uses any more.
    unsafe { libc::munmap(start.cast(), size) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_stays_from_size_to_size() {
        let sizes = [100, LARGE - 1, LARGE, LARGE + 1, 5 * LARGE + 4097, 3 * LARGE, LARGE - 7, 64];
        for align in [1, 8, 32, 4096] {
            let layout = |size| Layout::from_size_align(size, align).unwrap();
            // SAFETY: every layout has a size, and each allocation is used within it and given back.
            unsafe {
                let mut at = LargePages.alloc_zeroed(layout(sizes[0]));
                let mut size = sizes[0];
                assert!((0..size).all(|i| *at.add(i) == 0));
                at.write_bytes(7, size);
                for next in sizes {
                    at = LargePages.realloc(at, layout(size), next);
                    assert_eq!(at.align_offset(align), 0);
                    let kept = size.min(next);
                    assert!((0..kept).step_by(13).all(|i| *at.add(i) == 7) && *at.add(kept - 1) == 7);
                    at.write_bytes(7, next);
                    size = next;
                }
                LargePages.dealloc(at, layout(size));
            }
        }
    }

    #[test]
    fn large_memory_is_zero_and_aligned_and_too_much_is_null() {
        // SAFETY: used within its size and given back; the second is never used.
        unsafe {
            let layout = Layout::from_size_align(3 * LARGE + 5, 64).unwrap();
            let at = LargePages.alloc_zeroed(layout);
            assert_eq!(at.align_offset(LARGE), 0);
            assert!((0..layout.size()).step_by(509).all(|i| *at.add(i) == 0));
            LargePages.dealloc(at, layout);
            let layout = Layout::from_size_align(isize::MAX as usize - 4096, 1).unwrap();
            assert!(LargePages.alloc(layout).is_null());
        }
    }
}

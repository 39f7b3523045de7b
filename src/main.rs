//! The program: everything is in the library.

use std::process::ExitCode;

/// An answer is made of many small pieces; this allocator hands them out about twice as fast as the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    tradepost::cli::run()
}

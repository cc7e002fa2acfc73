//! Keeps the relocations in a page that is split: the splitter follows them to see which page uses what.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bin=tollgate=--emit-relocs");
    }
}

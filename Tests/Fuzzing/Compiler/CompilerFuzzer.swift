import Diagnostics
import QuestionnaireModel
import SurveyCompiler

#if canImport(Glibc)
    import Glibc
#endif

/// The compiler under libFuzzer: `make fuzz`. Whatever bytes it gets, it answers with a questionnaire or diagnostics.
///
/// libFuzzer mutates towards code it has not seen, and ends the run at a crash, at an input that takes longer than
/// `-timeout`, and past `-rss_limit_mb` of memory.
private let compiler = SurveyCompiler()

@_cdecl("LLVMFuzzerTestOneInput")
public func judge(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let source = SourceText(file: "fuzz.xml", bytes: bytes)
    let compiled = compiler.compile(source)
    precondition((compiled.questionnaire == nil) == compiled.hasErrors)
    let report = CompileReport([compiled])
    precondition(report.text.utf8.count + report.json.count + report.sarif.count > 0)
    if let questionnaire = compiled.questionnaire {
        let version = SurveyDiff.Version(questionnaire, source)
        precondition(SurveyDiff(from: version, to: version).verdict == .same)
    }
    return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ judge: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The package manager looks for an entry of this name and passes over libFuzzer's own `main`.
@_cdecl("CompilerFuzzer_main")
public func run(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    var count = count
    var arguments = arguments
    return runDriver(&count, &arguments, judge)
}

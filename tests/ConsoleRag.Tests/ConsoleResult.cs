namespace ConsoleRag.Tests;

/// <summary>What a run of the sample gave.</summary>
internal sealed record ConsoleResult(int ExitCode, string Output, string Error);

namespace LocalRetrieval.Testing;

/// <summary>What a run of the sample gave.</summary>
public sealed record ConsoleResult(int ExitCode, string Output, string Error);

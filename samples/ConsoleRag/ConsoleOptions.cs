namespace ConsoleRag;

/// <summary>What the command line says.</summary>
internal sealed record ConsoleOptions(string? Docs, string? Question, int Top, int Candidates, bool Rerank);

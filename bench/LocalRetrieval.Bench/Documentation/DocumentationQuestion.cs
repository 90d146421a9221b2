namespace LocalRetrieval.Bench.Documentation;

/// <summary>A question, and the files that answer it.</summary>
internal sealed record DocumentationQuestion(string Question, IReadOnlyList<string> Right);

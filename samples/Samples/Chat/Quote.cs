namespace Samples.Chat;

/// <summary>A sentence of a source.</summary>
internal sealed record Quote(int Source, string Sentence);

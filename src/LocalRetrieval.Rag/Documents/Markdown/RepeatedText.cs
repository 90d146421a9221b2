namespace LocalRetrieval.Rag;

/// <summary>A text that a replacement shows once more.</summary>
/// <param name="Index">Where in the replacement.</param>
/// <param name="Range">Where it stands in the source.</param>
internal readonly record struct RepeatedText(int Index, TextRange Range);

namespace LocalRetrieval.Rag;

/// <summary>How a language writes one kind of string.</summary>
/// <param name="Open">What opens it.</param>
/// <param name="Close">What closes it.</param>
/// <param name="Escape">What takes the next character's meaning away; NUL for nothing.</param>
/// <param name="HasLines">Whether it may go over line ends.</param>
/// <param name="Hole">What starts code inside of it, its last character an opening bracket; null for nothing.</param>
internal sealed record LiteralSyntax(string Open, string Close, char Escape = '\\', bool HasLines = false, string? Hole = null);

namespace Samples.Chat;

/// <summary>What can be quoted: a sentence, a line of code, or a row of a table with the columns' names.</summary>
/// <param name="Text">As it is quoted.</param>
/// <param name="Cells">The row's own cells; null for what is no row with names.</param>
internal sealed record Quotable(string Text, string? Cells = null);

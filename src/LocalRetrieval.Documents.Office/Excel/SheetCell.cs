namespace LocalRetrieval.Documents;

/// <summary>A cell that holds something.</summary>
/// <param name="Column">Its column, from 0.</param>
/// <param name="Text">What it shows.</param>
/// <param name="IsText">Whether that is text, and neither a number nor a date.</param>
internal readonly record struct SheetCell(int Column, string Text, bool IsText);

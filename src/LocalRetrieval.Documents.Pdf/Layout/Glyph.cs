namespace LocalRetrieval.Documents.Layout;

/// <summary>What one drawn sign stands for, and where, in points of a page turned so that its text runs from left to right; y grows upwards.</summary>
/// <param name="Text">Its text, cleaned; a ligature has several characters.</param>
/// <param name="Left">Where it starts on the baseline.</param>
/// <param name="Right">Where the next one would start.</param>
/// <param name="Baseline">The height of its baseline.</param>
/// <param name="Size">The size of its font.</param>
/// <param name="Font">Its font.</param>
/// <param name="HeadingLevel">The level of the heading that the document's tags say it is in, from 1; 0 for none.</param>
internal readonly record struct Glyph(string Text, double Left, double Right, double Baseline, double Size, GlyphFont Font, int HeadingLevel = 0)
{
    /// <summary>Whether the document has a space of its own before it.</summary>
    public bool IsAfterSpace { get; init; }

    /// <summary>Whether it is set above the line's baseline, smaller.</summary>
    public bool IsRaised { get; init; }
}

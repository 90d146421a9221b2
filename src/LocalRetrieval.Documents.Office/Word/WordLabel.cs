namespace LocalRetrieval.Documents;

/// <summary>What stands before an item of a list.</summary>
/// <param name="Level">How many lists it lies in, from 0.</param>
/// <param name="Text">The label as it is shown, such as <c>2.1</c>; null for a bullet.</param>
/// <param name="Number">The number, where the label is nothing but that.</param>
internal sealed record WordLabel(int Level, string? Text, int? Number);

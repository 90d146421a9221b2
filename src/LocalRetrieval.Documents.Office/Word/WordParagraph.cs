using DocumentFormat.OpenXml.Wordprocessing;

namespace LocalRetrieval.Documents;

/// <summary>What a paragraph says.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Notes">The notes that it refers to, in its order.</param>
/// <param name="TextBoxes">The text boxes that are anchored in it.</param>
internal sealed record WordParagraph(string Text, IReadOnlyList<string> Notes, IReadOnlyList<TextBoxContent> TextBoxes);

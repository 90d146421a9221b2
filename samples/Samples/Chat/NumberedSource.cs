namespace Samples.Chat;

/// <summary>A source as the prompt holds it: its number, its name and headings, and its text.</summary>
internal sealed record NumberedSource(int Number, string Title, string Text);

namespace WebRag.Chat;

/// <summary>A piece of an answer, as it is written.</summary>
internal sealed record ChatText(string Text);

namespace WebRag.Chat;

/// <summary>The conversation that an answer belongs to.</summary>
internal sealed record ChatStart(string Conversation);

using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework;

/// <summary>A message of a conversation, without what is no text.</summary>
/// <param name="Role">Who wrote it.</param>
/// <param name="Text">The text.</param>
internal sealed record RememberedMessage(string Role, string Text)
{
    public ChatMessage ToMessage() => new(new ChatRole(Role), Text);
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.AgentFramework.Tests.Fakes;

/// <summary>An agent without a chat client, such as a remote one: it answers each run with the next text, and keeps what it was asked.</summary>
internal sealed class FakeAgent(params string[] answers) : AIAgent
{
    public List<ChatMessage[]> Asked { get; } = [];

    public List<AgentRunOptions?> Options { get; } = [];

    protected override ValueTask<AgentSession> CreateSessionCoreAsync(CancellationToken cancellationToken = default) => new(new FakeSession());

    protected override ValueTask<JsonElement> SerializeSessionCoreAsync(
        AgentSession session, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default) => new(session.StateBag.Serialize());

    protected override ValueTask<AgentSession> DeserializeSessionCoreAsync(
        JsonElement serializedState, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default) =>
        new(new FakeSession(AgentSessionStateBag.Deserialize(serializedState)));

    protected override Task<AgentResponse> RunCoreAsync(
        IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new AgentResponse(new ChatMessage(ChatRole.Assistant, Answer(messages, options)) { MessageId = "m" })
        {
            AgentId = Id,
            ResponseId = "r",
            Usage = new UsageDetails { TotalTokenCount = 7 },
        });

    protected override async IAsyncEnumerable<AgentResponseUpdate> RunCoreStreamingAsync(
        IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (char[] piece in Answer(messages, options).Chunk(3))
        {
            await Task.Yield();
            yield return new AgentResponseUpdate(ChatRole.Assistant, new string(piece)) { AgentId = Id, MessageId = "m", ResponseId = "r" };
        }
    }

    private string Answer(IEnumerable<ChatMessage> messages, AgentRunOptions? options)
    {
        Asked.Add([.. messages]);
        Options.Add(options);
        return answers[Asked.Count - 1];
    }
}

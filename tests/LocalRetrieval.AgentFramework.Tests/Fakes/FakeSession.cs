using Microsoft.Agents.AI;

namespace LocalRetrieval.AgentFramework.Tests.Fakes;

/// <summary>A session of an agent that has no chat client: its state alone.</summary>
internal sealed class FakeSession : AgentSession
{
    public FakeSession()
    {
    }

    public FakeSession(AgentSessionStateBag state)
        : base(state)
    {
    }
}

using LocalRetrieval.AgentFramework.Tests.Fakes;

namespace LocalRetrieval.AgentFramework.Tests.Sessions;

public sealed class RetrievalSessionExtensionsTests
{
    [Fact]
    public void SetRetrievalScope_Null_RemovesIt()
    {
        FakeSession session = new();
        session.SetRetrievalScope("acme");
        string? before = session.GetRetrievalScope();

        session.SetRetrievalScope(null);

        Assert.Equal(("acme", null), (before, session.GetRetrievalScope()));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void SetRetrievalScope_Blank_IsRefused(string scope) => Assert.Throws<ArgumentException>(nameof(scope), () => new FakeSession().SetRetrievalScope(scope));

    [Fact]
    public void GetRetrievalScope_SomethingElse_IsNamed()
    {
        FakeSession session = new();
        session.StateBag.SetValue("localretrieval.scope", new List<string> { "acme" });

        Assert.Contains("'localretrieval.scope'", Assert.Throws<InvalidOperationException>(() => session.GetRetrievalScope()).Message, StringComparison.Ordinal);
    }
}

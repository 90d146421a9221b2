namespace LocalRetrieval.Rag.Tests.Synchronization;

public sealed class SyncEntryTests
{
    [Fact]
    public void ToString_NameWithLineEnds_IsOneLine()
    {
        SyncEntry entry = new() { Source = "q\nvanished: forged\u2028\u001b[2J.md", Outcome = SyncOutcome.New, Reason = "it is new" };

        Assert.Equal("new: 'q\\u000Avanished: forged\\u2028\\u001B[2J.md' it is new", entry.ToString());
    }
}

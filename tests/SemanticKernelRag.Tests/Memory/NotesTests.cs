using Samples.Chat;
using SemanticKernelRag.Memory;

namespace SemanticKernelRag.Tests.Memory;

[Collection(TeaCollection.Name)]
public sealed class NotesTests(TeaFixture tea)
{
    [Fact]
    public async Task RecallAsync_Question_GivesTheClosestNotesAsNumberedSources()
    {
        using Notes notes = await Notes.CreateAsync(
            tea.Services,
            ["The pump is oiled in May.", "Caoimhe takes her coffee without milk.", "The office has three floors.", "Trains are booked in second class.", "Caoimhe drinks tea after four."],
            CancellationToken.None);

        List<NumberedSource> recalled = RetrievalPrompt.ReadSources(await notes.RecallAsync("How does Caoimhe drink her coffee?", CancellationToken.None));

        Assert.Equal(5, notes.Count);
        Assert.Equal(3, recalled.Count);
        Assert.Equal(new NumberedSource(1, "note 2", "Caoimhe takes her coffee without milk."), recalled[0]);
    }
}

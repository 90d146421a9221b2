using LocalRetrieval.Rag.Tests.Fakes;
using Microsoft.Extensions.AI;

namespace LocalRetrieval.Rag.Tests.Chat;

public sealed class PassageRetrieverAIFunctionExtensionsTests
{
    [Fact]
    public async Task AsAIFunction_Query_GivesNumberedSources()
    {
        FakeRetriever retriever = new(FakeRetriever.Passage("Oil the chain.", "bike.md"));
        AIFunction function = retriever.AsAIFunction("find", "Finds.");

        object? answer = await function.InvokeAsync(new AIFunctionArguments { ["query"] = "chain" });

        Assert.Matches("^--([0-9a-f]{16})\n\\[1] bike.md\nOil the chain.\n--\\1--$", answer?.ToString());
        Assert.Equal(["chain"], retriever.Queries);
        Assert.Equal(("find", "Finds."), (function.Name, function.Description));
        Assert.Contains("\"query\"", function.JsonSchema.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsAIFunction_NoHits_SaysSo() =>
        Assert.Equal("No source was found.", (await new FakeRetriever().AsAIFunction().InvokeAsync(new AIFunctionArguments { ["query"] = "x" }))?.ToString());
}

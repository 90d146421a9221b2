using System.Text.Json;
using SemanticKernelRag.Answering;

namespace SemanticKernelRag.Tests.Answering;

[Collection(TeaCollection.Name)]
public sealed class PromptTemplateTests(TeaFixture tea)
{
    private const string Question = "How hot is \"green\" tea & <b>black</b> tea?";

    [Fact]
    public async Task AnswerAsync_Question_IsAskedBehindTheSources()
    {
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(StubEndpoint.Answer("70 degrees [1]."));

        Assert.Equal("70 degrees [1].", await AskAsync(endpoint.Address));

        JsonElement[] messages = [.. Assert.Single(endpoint.Requests).GetProperty("messages").EnumerateArray()];
        Assert.Equal(["system", "user"], messages.Select(message => message.GetProperty("role").GetString()));
        string prompt = messages[1].GetProperty("content").GetString()!;
        Assert.Contains("green.md > Green tea\nGreen tea is steeped at 70 degrees", prompt, StringComparison.Ordinal);
        Assert.EndsWith($"\n\nQuestion: {Question}", prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerAsync_NoEndpoint_QuotesFromThePrompt() =>
        Assert.Contains("Green tea is steeped at 70 degrees for two minutes.” [", await AskAsync(endpoint: null), StringComparison.Ordinal);

    private async Task<string> AskAsync(Uri? endpoint) =>
        string.Concat(await new PromptTemplate(tea.KernelOf(endpoint)).AnswerAsync(Question, CancellationToken.None).ToListAsync());
}

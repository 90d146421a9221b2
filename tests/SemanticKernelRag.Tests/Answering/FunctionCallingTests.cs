using System.Text.Json;
using LocalRetrieval;
using Microsoft.Extensions.DependencyInjection;
using SemanticKernelRag.Answering;

namespace SemanticKernelRag.Tests.Answering;

/// <summary>A model's calls through the connector, as the endpoint sees what came of them.</summary>
[Collection(TeaCollection.Name)]
public sealed class FunctionCallingTests(TeaFixture tea)
{
    private const string Question = "How hot is green tea?";
    private const string Search = "Retrieval-search";

    [Fact]
    public async Task AnswerAsync_RightCall_SendsTheSourcesBack()
    {
        StringWriter output = new();
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(StubEndpoint.Call(Search, """{"query":"green tea temperature","top":1}"""), StubEndpoint.Answer("70 degrees [1]."));

        string answer = await AskAsync(tea.FunctionCalling(endpoint.Address, output));

        Assert.Equal("70 degrees [1].", answer);
        JsonElement reply = Reply(endpoint);
        Assert.Equal("call-1", reply.GetProperty("tool_call_id").GetString());
        Assert.Contains("steeped at 70 degrees", reply.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.Equal("→ Retrieval.search(query: green tea temperature, top: 1)\n  [1] green.md > Green tea\n", output.ToString());
    }

    [Fact]
    public async Task AnswerAsync_FirstRequest_OffersSearchingWithItsBounds()
    {
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(StubEndpoint.Answer("I do not know."));

        await AskAsync(tea.FunctionCalling(endpoint.Address));

        JsonElement request = Assert.Single(endpoint.Requests);
        JsonElement[] functions = [.. request.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("function"))];
        Assert.Equal([Search, "Retrieval-get_source"], functions.Select(function => function.GetProperty("name").GetString()));
        JsonElement top = functions[0].GetProperty("parameters").GetProperty("properties").GetProperty("top");
        Assert.Equal((1, 20), (top.GetProperty("minimum").GetInt32(), top.GetProperty("maximum").GetInt32()));
        Assert.Equal("auto", request.GetProperty("tool_choice").GetString());
    }

    [Theory]
    [InlineData(Search, """{"query":"tea","top":-1}""", "top is a whole number from 1 to 20, and it was -1. Call search again with such a number, or without it.")]
    [InlineData(Search, """{"query":"tea","top":10000}""", "top is a whole number from 1 to 20, and it was 10000. Call search again with such a number, or without it.")]
    [InlineData(Search, """{"query":"tea","top":"abc"}""", "top is a whole number from 1 to 20, and it was 'abc'. Call search again with such a number, or without it.")]
    [InlineData(Search, "{\"query\":", "The arguments of Retrieval-search are not JSON. Call it again with one JSON object, such as {\"query\": \"…\"}.")]
    [InlineData(Search, "[1]", "The arguments of Retrieval-search are not JSON. Call it again with one JSON object, such as {\"query\": \"…\"}.")]
    [InlineData(Search, "{}", "The query is empty. Call search again with the words to look for.")]
    [InlineData(Search, "", "The query is empty. Call search again with the words to look for.")]
    [InlineData("Retrieval-find", """{"query":"tea"}""", "There is no function Retrieval-find. Call one of Retrieval-search, Retrieval-get_source.")]
    [InlineData("find", """{"query":"tea"}""", "There is no function find. Call one of Retrieval-search, Retrieval-get_source.")]
    [InlineData("Retrieval-answer", """{"question":"tea"}""", "There is no function Retrieval-answer. Call one of Retrieval-search, Retrieval-get_source.")]
    [InlineData("Retrieval-get_source", """{"id":"green.md"}""", "There is no source with the id 'green.md'. Call search first, and pass an id that it gave.")]
    public async Task AnswerAsync_WrongCall_IsAnsweredByHowToCall(string function, string arguments, string expected)
    {
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(StubEndpoint.Call(function, arguments), StubEndpoint.Answer("So."));

        Assert.Equal("So.", await AskAsync(tea.FunctionCalling(endpoint.Address)));

        JsonElement reply = Reply(endpoint);
        Assert.Equal(expected, reply.GetProperty("content").GetString());
        Assert.Equal("call-1", reply.GetProperty("tool_call_id").GetString());
        JsonElement call = endpoint.Requests[1].GetProperty("messages")[2].GetProperty("tool_calls")[0].GetProperty("function");
        Assert.Equal(function, call.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(call.GetProperty("arguments").GetString()!).RootElement.ValueKind);
    }

    [Fact]
    public async Task AnswerAsync_WrongCallThenRightOne_Answers()
    {
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(
            StubEndpoint.Call(Search, """{"query":"green tea","top":10000}"""), StubEndpoint.Call(Search, """{"query":"green tea","top":"2"}""", "call-2"), StubEndpoint.Answer("70 degrees [1]."));

        Assert.Equal("70 degrees [1].", await AskAsync(tea.FunctionCalling(endpoint.Address)));

        Assert.Equal("call-2", Reply(endpoint).GetProperty("tool_call_id").GetString());
        Assert.Contains("[2] ", Reply(endpoint).GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnswerAsync_MostPassages_KeepToTheBudget()
    {
        ITokenCounter counter = tea.Services.GetRequiredService<IPassageRetriever>().GetService<ITokenCounter>()!;
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(StubEndpoint.Call(Search, """{"query":"sorts of tea","top":20}"""), StubEndpoint.Answer("So."));

        await AskAsync(tea.FunctionCalling(endpoint.Address));

        Assert.InRange(counter.CountTokens(Reply(endpoint).GetProperty("content").GetString()), 64, TeaFixture.MaxTokens);
    }

    [Fact]
    public async Task AnswerAsync_ModelThatOnlyCalls_IsOfferedNoFunctionInTheEnd()
    {
        using StubEndpoint endpoint = StubEndpoint.StreamingInTurn(StubEndpoint.Call("find", "{}"));

        Assert.Equal("", await AskAsync(tea.FunctionCalling(endpoint.Address)));

        Assert.Equal(FunctionCalling.MaxRounds + 1, endpoint.Requests.Count);
        Assert.Equal("none", endpoint.Requests[^1].GetProperty("tool_choice").GetString());
    }

    [Fact]
    public async Task AnswerAsync_NoEndpoint_CallsOnceAndQuotes()
    {
        StringWriter output = new();

        string answer = await AskAsync(tea.FunctionCalling(endpoint: null, output));

        Assert.StartsWith("→ Retrieval.search(query: How hot is green tea?, top: 3)\n  [1] green.md > Green tea\n", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, output.ToString().Count(character => character == '→'));
        Assert.Contains("“Green tea is steeped at 70 degrees for two minutes.” [1]", answer, StringComparison.Ordinal);
    }

    /// <summary>What the tool said last.</summary>
    private static JsonElement Reply(StubEndpoint endpoint)
    {
        JsonElement message = endpoint.Requests[^1].GetProperty("messages").EnumerateArray().Last();
        Assert.Equal("tool", message.GetProperty("role").GetString());
        return message;
    }

    private static async Task<string> AskAsync(IAnswerWay way) => string.Concat(await way.AnswerAsync(Question, CancellationToken.None).ToListAsync());
}

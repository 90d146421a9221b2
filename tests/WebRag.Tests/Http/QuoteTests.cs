using System.Text.Json;
using Xunit.Abstractions;

namespace WebRag.Tests.Http;

/// <summary>What quoted answers are good for on the corpus; CORPUS.md has the figures.</summary>
[Collection(ServerCollection.Name)]
public class QuoteTests(ServerFixture fixture, ITestOutputHelper output)
{
    [Fact]
    public async Task QuotesAnswer()
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        int answerable = 0, right = 0;
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "questions.jsonl")))
        {
            JsonElement question = JsonDocument.Parse(line).RootElement;
            string[][] wanted = [.. question.GetProperty("answers").EnumerateArray().Select(ExpectedQuote.Parts)];
            if (wanted.Length == 0)
            {
                continue;
            }

            string text = question.GetProperty("question").GetString()!;
            string[] quotes = ExpectedQuote.QuotesOf(await AnswerAsync(visitor, text));
            bool isRight = wanted.Any(parts => quotes.Any(quote => parts.All(part => quote.Contains(part, StringComparison.Ordinal))));
            answerable++;
            right += isRight ? 1 : 0;
            output.WriteLine($"{(isRight ? "right" : "WRONG")} {question.GetProperty("id").GetString()} {text}{(isRight ? "" : $"\n  wanted: {string.Join(" / ", wanted.Select(parts => string.Join(" + ", parts)))}\n  quoted: {string.Join("\n          ", quotes)}")}");
        }

        output.WriteLine($"{right} of {answerable}");
        Assert.Equal(40, answerable);
        Assert.True(right >= 32, $"Only {right} of {answerable} quoted answers hold what answers.");
    }

    [Theory]
    [InlineData("How much is the fine for a late amber item?", "Label: amber; Fine: £2 for each opening session missed")]
    [InlineData("When is the workshop open on Thursday?", "day: Thursday; opens: 17:00; closes: 20:30")]
    public async Task ARowIsQuotedWithTheNamesOfItsColumns(string question, string row)
    {
        using Visitor visitor = await fixture.Server.VisitAsync();
        Assert.Contains(row, await AnswerAsync(visitor, question), StringComparison.Ordinal);
    }

    private static async Task<string> AnswerAsync(Visitor visitor, string question) => string.Concat((await visitor.AskAsync(new { question }))
        .Where(step => step.Name == "text").Select(step => step.Data.GetProperty("text").GetString()));
}

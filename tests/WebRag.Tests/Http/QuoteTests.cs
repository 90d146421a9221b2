using System.Text.Json;
using Xunit.Abstractions;

namespace WebRag.Tests.Http;

/// <summary>What quoted answers are good for on the corpus.</summary>
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
        Assert.True(right >= 30, $"Only {right} of {answerable} quoted answers hold what answers.");
    }

    private static async Task<string> AnswerAsync(Visitor visitor, string question) => string.Concat((await visitor.AskAsync(new { question }))
        .Where(step => step.Name == "text").Select(step => step.Data.GetProperty("text").GetString()));
}

using System.Globalization;
using System.Text.RegularExpressions;
using LocalRetrieval;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Samples.Chat;

namespace ConsoleRag.Tests.Chat;

public partial class ExtractiveChatClientTests
{
    private const string Question = "Why does the kernel drop packets of a full queue?";

    private static readonly string[] Texts =
    [
        "# Queues\n\nThe kernel drops packets when the queue\nis full. It says \"no\" to nobody.\n\n- Packets of **40 bytes** pass.\n",
        "The *full* queue is seen in `ss -l`. See\n\n```sh\nss --listening\n```",
        "| colour | taste |\n|---|---|\n| red | sweet |\n\nA packet is data.",
    ];

    [Fact]
    public async Task GetResponseAsync_Sources_QuotesThemVerbatimWithTheirNumbers()
    {
        ChatResponse response = await AskAsync(Question, Texts);

        (string Text, int Source)[] quotes = Quotes(response.Text);
        Assert.StartsWith(ExtractiveAnswer.Introduction, response.Text, StringComparison.Ordinal);
        Assert.InRange(quotes.Length, 2, 4);
        Assert.Equal(("The kernel drops packets when the queue is full.", 1), quotes[0]);
        Assert.Contains(("The *full* queue is seen in `ss -l`.", 2), quotes);
        Assert.All(quotes, quote => Assert.Contains(quote.Text, Unwrapped(Texts[quote.Source - 1]), StringComparison.Ordinal));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task GetResponseAsync_Corpus_QuotesWholeSentencesVerbatim()
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*.md");
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            string[] sections = (await File.ReadAllTextAsync(file)).Split("\n## ");
            ChatResponse response = await AskAsync(sections[0], sections);

            (string Text, int Source)[] quotes = Quotes(response.Text);
            Assert.InRange(quotes.Length, 2, 4);
            Assert.All(
                quotes, quote => Assert.Contains(quote.Text.TrimEnd('…'), Unwrapped(sections[quote.Source - 1]), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task GetResponseAsync_NoSources_SaysThatNothingWasFound() =>
        Assert.Equal(ExtractiveAnswer.NothingFound, (await AskAsync(Question)).Text);

    [Fact]
    public async Task GetResponseAsync_PlainQuestion_SaysThatNothingWasFound()
    {
        using ExtractiveChatClient client = new();

        Assert.Equal(ExtractiveAnswer.NothingFound, (await client.GetResponseAsync(Question)).Text);
    }

    [Fact]
    public async Task GetResponseAsync_NoWordShared_SaysSo()
    {
        string text = (await AskAsync("Elephants?", Texts)).Text;

        Assert.StartsWith(ExtractiveAnswer.NothingShared, text, StringComparison.Ordinal);
        Assert.All(Quotes(text), quote => Assert.Equal(1, quote.Source));
    }

    [Fact]
    public async Task GetResponseAsync_OnlyCode_NamesTheSources() =>
        Assert.Equal($"{ExtractiveAnswer.NoSentences} [1][2]", (await AskAsync(Question, "```\na\n```", "| a |\n|---|")).Text);

    [Fact]
    public async Task GetResponseAsync_OverLongSentence_IsCutAtASpace()
    {
        string sentence = "The kernel " + string.Concat(Enumerable.Repeat("drops many packets, ", 40)) + "always.";

        string quote = Quotes((await AskAsync(Question, sentence)).Text)[0].Text;

        Assert.InRange(quote.Length, 300, 400);
        Assert.EndsWith("…", quote, StringComparison.Ordinal);
        Assert.StartsWith($"{quote[..^1]} ", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_OverLongWord_IsNotCutWithinASurrogatePair()
    {
        string quote = Quotes((await AskAsync("kernel", "The big kernel " + string.Concat(Enumerable.Repeat("😀", 400)))).Text)[0].Text;

        Assert.False(char.IsHighSurrogate(quote[^2]));
        Assert.InRange(quote.Length, 300, 400);
    }

    [Fact]
    public async Task GetResponseAsync_SourceCitesItself_ItsMarkersAreNoCitations()
    {
        ChatResponse response = await AskAsync(
            "kernel", "The kernel drops packets [2], [9], [1, 7] and [1](https://example.com).", "Birds sing.");

        Assert.Equal(
            ("The kernel drops packets (2), (9), (1, 7) and [1](https://example.com).", 1), Assert.Single(Quotes(response.Text)));
        Assert.Equal("1", Assert.Single(Citations(response)).FileId);
    }

    [Fact]
    public async Task GetResponseAsync_ThroughRetrievalChatClient_CitesWithExactSpans()
    {
        ChatResponse response = await AskAsync(Question, Texts);

        (string Text, int Source)[] quotes = Quotes(response.Text);
        List<CitationAnnotation> citations = Citations(response);
        Assert.Equal(quotes.Select(quote => quote.Source).Distinct(), citations.Select(NumberOf));
        foreach (CitationAnnotation citation in citations)
        {
            int number = NumberOf(citation);
            Assert.Equal(Texts[number - 1], citation.Snippet);
            Assert.Equal(quotes.Count(quote => quote.Source == number), citation.AnnotatedRegions!.Count);
            Assert.All(citation.AnnotatedRegions!.Cast<TextSpanAnnotatedRegion>(), region =>
                Assert.Equal($"[{number}]", response.Text[region.StartIndex!.Value..region.EndIndex!.Value]));
        }
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Pieces_AreTheWholeAnswer()
    {
        using RetrievalChatClient client = ClientOf(Texts);

        List<ChatResponseUpdate> updates = await client.GetStreamingResponseAsync(Question).ToListAsync();

        ChatResponse whole = await client.GetResponseAsync(Question);
        ChatResponse streamed = updates.ToChatResponse();
        Assert.True(updates.Count > 20);
        Assert.Equal(whole.Text, streamed.Text);
        Assert.Single(streamed.Messages);
        Assert.Equal(ChatFinishReason.Stop, streamed.FinishReason);
        Assert.Equal(
            Citations(whole).Select(citation => (citation.FileId, citation.AnnotatedRegions!.Count)),
            updates[^1].Contents.SelectMany(content => content.Annotations ?? []).Cast<CitationAnnotation>()
                .Select(citation => (citation.FileId, citation.AnnotatedRegions!.Count)));
    }

    [Fact]
    public async Task GetResponse_Cancelled_IsCancelled()
    {
        using ExtractiveChatClient client = new();
        using CancellationTokenSource source = new();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync(Question, cancellationToken: source.Token))
            {
                await source.CancelAsync();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync(Question, cancellationToken: source.Token));
    }

    [Fact]
    public void GetService_Types_GivesMetadataAndItself()
    {
        using ExtractiveChatClient client = new();

        Assert.Equal("extractive", client.GetService<ChatClientMetadata>()!.ProviderName);
        Assert.Same(client, client.GetService<IChatClient>());
        Assert.Null(client.GetService<string>());
        Assert.Null(client.GetService(typeof(ChatClientMetadata), "key"));
    }

    private static async Task<ChatResponse> AskAsync(string question, params string[] texts)
    {
        using RetrievalChatClient client = ClientOf(texts);
        return await client.GetResponseAsync(question);
    }

    private static RetrievalChatClient ClientOf(params string[] texts) =>
        new ExtractiveChatClient().WithRetrieval(new FixedRetriever(texts));

    private static (string Text, int Source)[] Quotes(string answer) =>
        [.. QuoteRegex().Matches(answer).Select(quote => (quote.Groups[1].Value, int.Parse(quote.Groups[2].Value, CultureInfo.InvariantCulture)))];

    private static List<CitationAnnotation> Citations(ChatResponse response) =>
        [.. response.Messages[0].Contents.SelectMany(content => content.Annotations ?? []).Cast<CitationAnnotation>()];

    private static int NumberOf(CitationAnnotation citation) => int.Parse(citation.FileId!, CultureInfo.InvariantCulture);

    private static string Unwrapped(string text) => WrapRegex().Replace(text, " ");

    [GeneratedRegex(@"^- “(.*)” \[([0-9]+)\]$", RegexOptions.Multiline)]
    private static partial Regex QuoteRegex();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WrapRegex();
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using LocalRetrieval.Rag;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Bench.Documentation;

/// <summary>Reads and cuts texts of 30 MB with the embedded model's tokens, and cancels them on the way.</summary>
internal static class CuttingBenchmark
{
    private const int Length = 30_000_000;
    private const int Cancellations = 12;

    public static async Task<string> RunAsync(string prose, CancellationToken cancellationToken)
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings().BuildServiceProvider();
        ITokenCounter counter = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>().GetRequiredService<ITokenCounter>();
        PassageChunker chunker = new(counter);
        string pages = await ProseAsync(prose, cancellationToken);
        (string Name, TextDocumentReader Reader, string Text)[] texts =
        [
            ("Markdown of a book", MarkdownReader.Instance, Repeat(pages)),
            ("the same as plain text", PlainTextReader.Instance, Repeat(pages)),
            ("a table of Markdown", MarkdownReader.Instance, "# Limits\n\n| Region | Read quota | Unit |\n|---|---|---|\n" + Repeat("| region-371 | 259 | requests per minute |\n")),
            ("a list of Markdown", MarkdownReader.Instance, Repeat("- one of the items of a list that does not end\n")),
            ("one line", PlainTextReader.Instance, Repeat("a line without an end or a stop in it ")),
            ("CSV", TabularReader.Instance, "Region,Read quota,Unit\n" + Repeat("region-371,259,requests per minute\n")),
        ];
        StringBuilder table = new("| 30 MB | read, s | cut, s | chunks | longest wait for a cancellation, s |\n|---|---:|---:|---:|---:|\n");
        foreach ((string name, TextDocumentReader reader, string text) in texts)
        {
            Stopwatch watch = Stopwatch.StartNew();
            DocumentContent content = reader.Read(text, cancellationToken: cancellationToken);
            double read = watch.Elapsed.TotalSeconds;
            int chunks = chunker.Split(content, cancellationToken).Count;
            double all = watch.Elapsed.TotalSeconds;
            double wait = await LongestWaitAsync(chunker, reader, text, all);
            table.Append(CultureInfo.InvariantCulture, $"| {name} | {read:F1} | {all - read:F1} | {chunks:N0} | {wait:F2} |\n");
            Console.Error.WriteLine($"{name}: {all:F1} s");
        }

        return table.ToString();
    }

    /// <summary>The longest time from a cancellation, at several moments of the work, to its end.</summary>
    private static async Task<double> LongestWaitAsync(PassageChunker chunker, TextDocumentReader reader, string text, double seconds)
    {
        double longest = 0;
        for (int index = 0; index < Cancellations; index++)
        {
            using CancellationTokenSource source = new();
            Task work = Task.Run(() => chunker.Split(reader.Read(text, cancellationToken: source.Token), source.Token), CancellationToken.None);
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(seconds * (index + 0.5) / Cancellations)));
            Stopwatch watch = Stopwatch.StartNew();
            await source.CancelAsync();
            try
            {
                await work;
            }
            catch (OperationCanceledException)
            {
                longest = Math.Max(longest, watch.Elapsed.TotalSeconds);
            }
        }

        return longest;
    }

    private static async Task<string> ProseAsync(string folder, CancellationToken cancellationToken)
    {
        StringBuilder text = new();
        foreach (string file in Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            text.Append(await File.ReadAllTextAsync(file, cancellationToken)).Append("\n\n");
        }

        return text.ToString();
    }

    private static string Repeat(string text)
    {
        StringBuilder all = new(Length + text.Length);
        while (all.Length < Length)
        {
            all.Append(text);
        }

        return all.ToString();
    }
}

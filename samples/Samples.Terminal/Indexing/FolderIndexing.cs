using System.Diagnostics;
using System.Globalization;
using LocalRetrieval;
using LocalRetrieval.Rag;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;

namespace Samples.Indexing;

/// <summary>Indexes the documents of a folder, and says how far it is and what came of it.</summary>
internal static class FolderIndexing
{
    /// <summary>Indexes all documents of <paramref name="folder"/>.</summary>
    /// <returns>The documents that are indexed.</returns>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static async Task<IReadOnlyList<SourceDocument>> RunAsync(
        IServiceProvider services, string folder, Screen screen, CancellationToken cancellationToken)
    {
        IReadOnlyList<SourceDocument> documents = SourceDocument.FromFolder(folder);
        if (documents.Count == 0)
        {
            throw new InvalidDataException($"'{folder}' has no files, or only hidden ones.");
        }

        screen.Report("Loading the embedding model …");
        PassageIndexer indexer = services.GetRequiredService<PassageIndexer>();
        VectorStoreCollection<string, Passage> collection = await indexer.GetCollectionAsync(
            services.GetRequiredService<VectorStore>(), LocalRetrievalServiceCollectionExtensions.DefaultCollectionName, cancellationToken);

        Stopwatch watch = Stopwatch.StartNew();
        IndexingResult result = await screen.ShowProgressAsync("Indexing", documents.Count, done =>
            indexer.IndexAsync(collection, documents, new ProgressReport(report => done(report.Documents)), cancellationToken));
        await DeleteOthersAsync(collection, documents, cancellationToken);
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result} ({watch.Elapsed.TotalSeconds:F1} s)"));
        foreach (string line in OutcomeReport.Describe(result))
        {
            screen.Report(line);
        }

        foreach (IndexingFailure failure in result.Failures)
        {
            screen.Fail(failure.ToString());
        }

        HashSet<string> without =
            [.. result.Failures.Select(failure => failure.Source), .. result.Skipped.Select(skipped => skipped.Source), .. result.Empty.Select(empty => empty.Source)];
        IReadOnlyList<SourceDocument> indexed = [.. documents.Where(document => !without.Contains(document.Source))];
        return indexed.Count > 0 ? indexed : throw new InvalidDataException($"None of the {documents.Count} files of '{folder}' gave anything to search.");
    }

    /// <summary>Takes out what an index on disk has of documents that are not in the folder any more.</summary>
    private static async Task DeleteOthersAsync(VectorStoreCollection<string, Passage> collection, IReadOnlyList<SourceDocument> documents, CancellationToken cancellationToken)
    {
        HashSet<string> there = [.. documents.Select(document => document.Source)];
        string[] indexed = [.. await collection.GetAsync(passage => passage.Ordinal == 0, int.MaxValue, cancellationToken: cancellationToken).Select(passage => passage.Source).ToArrayAsync(cancellationToken)];
        foreach (string source in indexed.Where(source => !there.Contains(source)))
        {
            await PassageIndexer.DeleteSourceAsync(collection, source, cancellationToken);
        }
    }
}

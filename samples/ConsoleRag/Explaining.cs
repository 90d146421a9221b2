using LocalRetrieval;
using LocalRetrieval.Rag;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Samples;

namespace ConsoleRag;

/// <summary>Finds the passages that somebody wants explained, shows retrievals, and writes their report.</summary>
internal sealed class Explaining(ConsoleOptions options, Screen screen)
{
    /// <summary>A document's first passages are explained: each that was not found is looked for far down.</summary>
    private const int MaxPassages = 10;

    private readonly List<RetrievalExplanation> _explanations = [];

    /// <summary>The keys of the passages to explain beside those that are returned; null where nothing is explained.</summary>
    public async Task<IReadOnlyList<string>?> FindKeysAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (!options.Explain && options.Report is null)
        {
            return null;
        }

        if (options.Explained is not { } wanted)
        {
            return [];
        }

        VectorStoreCollection<string, Passage> collection = await services.GetRequiredService<PassageIndexer>().GetCollectionAsync(
            services.GetRequiredService<VectorStore>(), LocalRetrievalServiceCollectionExtensions.DefaultCollectionName, cancellationToken);
        string ending = "/" + wanted;
        List<string> keys = [];
        await foreach (Passage passage in collection.GetAsync(
            passage => passage.Source == wanted || passage.Source.EndsWith(ending), MaxPassages, new() { OrderBy = order => order.Ascending(passage => passage.Ordinal) }, cancellationToken))
        {
            keys.Add(passage.Key);
        }

        if (keys.Count == 0 && await collection.GetAsync(wanted, cancellationToken: cancellationToken) is null)
        {
            screen.Fail($"No document is named '{wanted}', and no passage has it for its key.");
        }

        return keys.Count > 0 ? keys : [wanted];
    }

    /// <summary>Shows what was retrieved, and adds it to the report.</summary>
    public void Show(RetrievalResult result)
    {
        if (result.Explanations is not { } passages)
        {
            HitsTable.Write(screen.Output, result);
            return;
        }

        RetrievalExplanation explanation = new(result, passages);
        if (options.Explain)
        {
            ExplanationTable.Write(screen.Output, explanation);
        }
        else
        {
            HitsTable.Write(screen.Output, result);
        }

        if (options.Report is { } file)
        {
            _explanations.Add(explanation);
            File.WriteAllText(file, RetrievalReport.ToHtml(_explanations));
            screen.Report($"The report is {Path.GetFullPath(file)}.");
        }
    }
}

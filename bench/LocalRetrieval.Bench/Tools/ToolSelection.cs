using System.Globalization;
using System.Text;
using LocalRetrieval.AgentFramework;
using LocalRetrieval.AgentFramework.Tests.Tools;
using LocalRetrieval.Bench.Data;
using LocalRetrieval.Tokenizers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace LocalRetrieval.Bench.Tools;

/// <summary>How often the right tool is among those handed to the model, and what their definitions cost, beside handing over all.</summary>
internal static class ToolSelection
{
    private static readonly int[] Tops = [1, 3, 5, 10, 20];

    public static async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        await using ServiceProvider services = new ServiceCollection().AddLocalEmbeddings().AddLocalReranker().BuildServiceProvider();
        IEmbeddingGenerator<string, Embedding<float>> generator = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        ToolSet set = ToolSet.Read(BenchData.InCheckout("tests", "LocalRetrieval.AgentFramework.Tests", "Tools", "Data"));
        Dictionary<string, int> tokens = CountTokens(set);
        int all = tokens.Values.Sum();
        StringBuilder report = new();
        report.AppendLine(CultureInfo.InvariantCulture, $"{set.Tools.Count} tools, {set.Questions.Count} questions, each with one right tool. Definitions as JSON, counted by the tokenizer of Phi-3; the mean over the questions.");
        report.AppendLine("The weights of vectors and reranker were chosen on these same questions, so that the two rows with the reranker are what it gives at best.").AppendLine();
        report.AppendLine("| handed over | recall of the right tool | tokens of definitions | of all |").AppendLine("|---|---:|---:|---:|");
        report.AppendLine(CultureInfo.InvariantCulture, $"| all {set.Tools.Count} | 1.000 | {all:N0} | 100 % |");
        foreach (int top in Tops)
        {
            report.AppendLine(await RowAsync($"{top}, by vectors", set, tokens, new ToolRetriever(generator, options: new ToolRetrieverOptions { Top = top }), cancellationToken));
        }

        foreach (int top in (int[])[5, 10])
        {
            ToolRetriever retriever = new(generator, services.GetRequiredService<ITextReranker>(), new ToolRetrieverOptions { Top = top });
            report.AppendLine(await RowAsync($"{top}, by vectors and reranker", set, tokens, retriever, cancellationToken));
        }

        return report.ToString();
    }

    private static async Task<string> RowAsync(string name, ToolSet set, Dictionary<string, int> tokens, ToolRetriever retriever, CancellationToken cancellationToken)
    {
        int right = 0;
        double sent = 0;
        foreach (ToolQuestion question in set.Questions)
        {
            IReadOnlyList<RetrievedTool> found = await retriever.RetrieveAsync(question.Question, set.Tools, cancellationToken);
            right += found.Any(tool => tool.Tool.Name == question.Tool) ? 1 : 0;
            sent += found.Sum(tool => tokens[tool.Tool.Name]);
        }

        sent /= set.Questions.Count;
        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {(double)right / set.Questions.Count:0.000} | {sent:N0} | {100 * sent / tokens.Values.Sum():0.0} % |");
    }

    private static Dictionary<string, int> CountTokens(ToolSet set)
    {
        Tokenizer tokenizer = Tokenizer.Load(BenchData.Shared("tokenizers", "phi-3"));
        return set.Tools.ToDictionary(tool => tool.Name, tool => tokenizer.CountTokens(ToolSet.Definition(tool)));
    }
}

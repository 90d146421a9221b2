using System.Text.Json;

namespace LocalRetrieval.Parity;

/// <summary>Holds the scores and the order of a reranker against expected values.</summary>
internal static class RerankingParity
{
    public static async Task CompareAsync(ParityRun run, ExpectedValues expected, ITextReranker reranker, CancellationToken cancellationToken)
    {
        expected.CheckSettings(run);
        JsonElement[] cases = [.. expected.Cases];
        float[][] actual = new float[cases.Length][];
        bool isInOrder = true;
        for (int i = 0; i < cases.Length; i++)
        {
            RerankingResult result = await reranker.RerankAsync(
                cases[i].GetProperty("query").GetString()!, ExpectedValues.Strings(cases[i].GetProperty("documents")), cancellationToken: cancellationToken).ConfigureAwait(false);
            actual[i] = [.. result.OrderBy(document => document.Index).Select(document => document.Score)];
            isInOrder &= result.Zip(result.Skip(1)).All(pair => pair.First.Score >= pair.Second.Score);
        }

        // Several columns are several labels, of which the reranker was loaded for one.
        int columns = ExpectedValues.Floats(cases[0].GetProperty("scores")[0]).Length;
        (int column, Deviation scores) = Enumerable.Range(0, columns).Select(column => (column, Deviation: Compare(cases, actual, column))).MinBy(found => found.Deviation.Largest);
        run.Compare(columns == 1 ? "scores" : $"scores of label {column}", scores, run.Tolerance);
        run.Expect("order", isInOrder, "best first");
    }

    private static Deviation Compare(JsonElement[] cases, float[][] actual, int column)
    {
        Deviation deviation = new();
        for (int i = 0; i < cases.Length; i++)
        {
            float[] expected = [.. cases[i].GetProperty("scores").EnumerateArray().Select(row => ExpectedValues.Floats(row)[column])];
            deviation.Add($"query {i}", expected, actual[i]);
        }

        return deviation;
    }
}

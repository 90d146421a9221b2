using LocalRetrieval.VectorData.Keyword;

namespace LocalRetrieval.VectorData.Tests.Keyword;

/// <summary>Words that spaces divide.</summary>
internal sealed class Words : ITermAnalyzer
{
    public void Analyze(string text, ITermSink terms)
    {
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            terms.Add(word);
        }
    }
}

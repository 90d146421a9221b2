using LocalRetrieval.Testing;

namespace LocalRetrieval.Tokenizers.MicrosoftML.Tests.Docs;

#pragma warning disable IDE0065 // The namespace around has a type of that name: an alias outside of it would not count.
using Tokenizer = Microsoft.ML.Tokenizers.Tokenizer;
#pragma warning restore IDE0065

/// <summary>The code of docs/data-ingestion.md compiles, and runs here: a tokenizer lies where it looks for one.</summary>
public sealed class DataIngestionPageTests
{
    [Fact]
    public void Page_Snippet_Runs()
    {
        // snippet
        Tokenizer tokenizer = new HuggingFaceTokenizer(LocalRetrieval.Tokenizers.Tokenizer.Load("models/bge-small-en-v1.5"));
        int tokens = tokenizer.CountTokens("How is the chain oiled?");
        // end

        Assert.Equal(tokens, tokenizer.EncodeToIds("How is the chain oiled?").Count);
    }

    [Fact]
    public void Page_Snippets_AreTheCompiledOnes()
    {
        string page = File.ReadAllText(Checkout.Path("docs", "data-ingestion.md")).ReplaceLineEndings("\n");
        string source = File.ReadAllText(Checkout.Path("tests", "LocalRetrieval.Tokenizers.MicrosoftML.Tests", "Docs", "DataIngestionPageTests.cs")).ReplaceLineEndings("\n");
        string[] compiled = [.. source.Split("        // snippet\n").Skip(1).Select(part => part.Split("        // end")[0].Replace("\n        ", "\n", StringComparison.Ordinal).Trim())];

        Assert.Equal(compiled, page.Split("```csharp\n").Skip(1).Select(part => part.Split("\n```")[0]));
    }
}

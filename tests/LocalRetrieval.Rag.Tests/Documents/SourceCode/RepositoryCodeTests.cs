using LocalRetrieval.Rag.Tests.Fakes;
using LocalRetrieval.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit.Abstractions;

namespace LocalRetrieval.Rag.Tests.Documents.SourceCode;

/// <summary>Holds chunks of this repository's own code against what the compiler says are declarations and statements.</summary>
public sealed class RepositoryCodeTests(ITestOutputHelper output)
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.Parse);

    [Fact]
    public void Split_ThisRepositorysCode_StartsChunksAtDeclarationsAndStatements()
    {
        PassageChunker chunker = new(new EmbeddedTokenCounter());
        int chunks = 0;
        List<string> others = [];
        foreach (string path in Files())
        {
            string text = File.ReadAllText(path);
            HashSet<int> starts = StartsOf(text);
            foreach (DocumentChunk chunk in chunker.Split(SourceCodeReader.Instance.Read(text, new DocumentContext(path)), CancellationToken.None))
            {
                int start = chunk.Offset + chunk.Text.Length - chunk.Text.TrimStart().Length;
                chunks++;
                if (!starts.Contains(start))
                {
                    others.Add($"{Path.GetFileName(path)} at {start}: {chunk.Text.TrimStart().Split('\n')[0]}");
                }
            }
        }

        double share = 1 - ((double)others.Count / chunks);
        output.WriteLine($"{share:P2} of {chunks} chunks");
        Assert.True(share >= 0.95, $"{share:P2} of {chunks} chunks start so; others are\n{string.Join('\n', others.Take(40))}");
    }

    private static IEnumerable<string> Files() =>
        ((string[])["src", "tests", "bench", "samples"])
            .SelectMany(folder => Directory.EnumerateFiles(Checkout.Path(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    /// <summary>Where declarations and statements start, with their attributes or without, and the comments before them, or an element of those.</summary>
    private static HashSet<int> StartsOf(string text)
    {
        HashSet<int> starts = [];
        foreach (SyntaxNode node in CSharpSyntaxTree.ParseText(text, ParseOptions).GetRoot().DescendantNodesAndSelf())
        {
            if (node is StatementSyntax or MemberDeclarationSyntax or UsingDirectiveSyntax or AttributeListSyntax or AccessorDeclarationSyntax or SwitchSectionSyntax)
            {
                starts.Add(node.SpanStart);
                starts.UnionWith(node.GetLeadingTrivia().Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Select(trivia => trivia.FullSpan.Start));
                starts.UnionWith(node.GetLeadingTrivia().Where(trivia => trivia.HasStructure).SelectMany(trivia => ElementLines(text, trivia.GetStructure()!)));
                SyntaxNodeOrToken behind = node.ChildNodesAndTokens().FirstOrDefault(child => !child.IsKind(SyntaxKind.AttributeList));
                starts.Add(behind.SpanStart);
            }
        }

        return starts;
    }

    /// <summary>Where lines start that start with an element of a documentation comment, such as a parameter's: longer ones are cut there.</summary>
    private static IEnumerable<int> ElementLines(string text, SyntaxNode comment) =>
        comment.ChildNodes().OfType<XmlElementSyntax>()
            .Select(element => text.LastIndexOf("///", element.SpanStart, StringComparison.Ordinal))
            .Where(start => start >= 0);
}

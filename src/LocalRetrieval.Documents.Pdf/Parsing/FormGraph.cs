using System.Text;
using System.Text.RegularExpressions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace LocalRetrieval.Documents.Parsing;

/// <summary>
/// How the forms of a document draw each other. The parser follows them by recursion, without asking whether it ends: forms in themselves and
/// forms that multiply are told here, before pages are parsed.
/// </summary>
internal sealed partial class FormGraph(PdfDocument document, ParsingGuard guard)
{
    private const int MaxDepth = 100;
    private const long MaxDrawn = 1_000_000;

    private readonly Dictionary<IndirectReference, long> _drawn = [];
    private readonly HashSet<IndirectReference> _open = [];
    private readonly GuardedFilters _filters = new(guard);

    /// <summary>Refuses a document whose forms have no end, or too many parts.</summary>
    /// <exception cref="PdfDocumentFormatException">They have.</exception>
    public void ThrowIfEndless()
    {
        HashSet<IndirectReference> seen = [];
        Queue<IToken> nodes = new([.. Children(document.Structure.Catalog.CatalogDictionary, "Pages")]);
        while (nodes.TryDequeue(out IToken? token))
        {
            if ((token is not IndirectReferenceToken reference || seen.Add(reference.Data)) && Resolve(token) is DictionaryToken node)
            {
                guard.ThrowIfOver();
                CountForms(node);
                foreach (IToken child in Children(node, "Kids"))
                {
                    nodes.Enqueue(child);
                }
            }
        }
    }

    private void CountForms(DictionaryToken node)
    {
        DictionaryToken? forms = FormsOf(Resolve(node, "Resources") as DictionaryToken);
        foreach ((string name, IToken form) in forms?.Data ?? new Dictionary<string, IToken>())
        {
            if (form is IndirectReferenceToken reference)
            {
                Count(reference.Data, name, forms);
            }
        }
    }

    private IEnumerable<IToken> Children(DictionaryToken node, string name) =>
        !node.Data.TryGetValue(name, out IToken? token) ? []
        : Resolve(token) is ArrayToken array ? array.Data
        : [token];

    private long Count(IndirectReference reference, string name, DictionaryToken? callerForms)
    {
        if (_drawn.TryGetValue(reference, out long known))
        {
            return known;
        }

        if (!_open.Add(reference) || _open.Count > MaxDepth)
        {
            throw new PdfDocumentFormatException("Its forms lie in each other without end, or too deep.");
        }

        long drawn = 1;
        if (Resolve(new IndirectReferenceToken(reference)) is StreamToken stream && Resolve(stream.StreamDictionary, "Subtype") is NameToken { Data: "Form" })
        {
            DictionaryToken? forms = FormsOf(Resolve(stream.StreamDictionary, "Resources") as DictionaryToken) ?? callerForms;
            drawn += CountOf(stream, reference, name, forms);
        }

        if (drawn > MaxDrawn)
        {
            throw new PdfDocumentFormatException("Its forms draw more than a million forms.");
        }

        _open.Remove(reference);
        return _drawn[reference] = drawn;
    }

    private long CountOf(StreamToken stream, IndirectReference self, string name, DictionaryToken? forms)
    {
        guard.ThrowIfOver();
        if (forms is null || stream.StreamDictionary.Data.GetValueOrDefault("Filter") is IndirectReferenceToken)
        {
            // The parser asks the guard before it follows one whose filter stands elsewhere.
            return 0;
        }

        long drawn = 0;
        string content = Encoding.Latin1.GetString(stream.Decode(_filters).Span);
        foreach (IGrouping<string, string> uses in Draws().Matches(content).Select(match => match.Groups[1].Value).GroupBy(name => name))
        {
            // The parser leaves out what draws itself by its own name.
            if (forms.Data.TryGetValue(uses.Key, out IToken? form) && form is IndirectReferenceToken reference && !(reference.Data.Equals(self) && uses.Key == name))
            {
                drawn = Math.Min(MaxDrawn + 1, drawn + (uses.Count() * Count(reference.Data, uses.Key, forms)));
            }
        }

        return drawn;
    }

    private DictionaryToken? FormsOf(DictionaryToken? resources) => resources is null ? null : Resolve(resources, "XObject") as DictionaryToken;

    private IToken? Resolve(DictionaryToken dictionary, string name) => dictionary.Data.TryGetValue(name, out IToken? token) ? Resolve(token) : null;

    private IToken? Resolve(IToken token)
    {
        try
        {
            return token is IndirectReferenceToken reference ? document.Structure.GetObject(reference.Data)?.Data : token;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or InvalidDataException or OutOfMemoryException))
        {
            // A broken object is for the parser to judge, where a page needs it.
            return null;
        }
    }

    [GeneratedRegex(@"/([^\s/<>\[\]()%]+)\s+Do\b", RegexOptions.CultureInvariant)]
    private static partial Regex Draws();
}

namespace LocalRetrieval.Rag;

/// <summary>Finds declarations and statements by the indentation of their lines.</summary>
internal sealed class IndentationStructure(string text, SourceLanguage language)
{
    private const int TokensBetweenChecks = 4096;
    private const int TabWidth = 8;

    private readonly CodeScanner _scanner = new(text, language);
    private readonly CodeLines _lines = new(text);
    private readonly DeclarationNames _names = new(text, language);
    private readonly Stack<(int Indentation, CodeFrame Frame)> _frames = new();
    private int _brackets;

    /// <summary>The outermost items.</summary>
    public List<CodeItem> Read(CancellationToken cancellationToken)
    {
        CodeFrame root = new("", isContainer: true, hasLines: true, hasCommas: false);
        _frames.Push((0, root));
        for (int count = 0; _scanner.Next(out CodeToken token); count++)
        {
            if (count % TokensBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (token.Kind == CodeTokenKind.Comment)
            {
                _lines.SkipComment(token);
                continue;
            }

            Read(token);
            _lines.Pass(token);
        }

        while (_frames.Count > 1)
        {
            Pop();
        }

        End(root);
        return root.Items;
    }

    private void Pop()
    {
        CodeFrame frame = _frames.Pop().Frame;
        End(frame);
        _frames.Peek().Frame.TakeOver(frame.Items);
    }

    private void Read(CodeToken token)
    {
        int indentation = token.IsFirst ? IndentationOf(token) : 0;
        bool isNext = token.IsFirst && (_brackets <= 0 || (indentation == 0 && IsDeclaration(token)));
        if (isNext && !IsContinued())
        {
            _brackets = 0;
            StartLine(token, indentation);
        }

        CodeFrame frame = _frames.Peek().Frame;
        frame.AddToHeader(token);
        if (token.Kind == CodeTokenKind.Mark)
        {
            char mark = text[token.Start];
            _brackets += mark is '(' or '[' ? 1 : mark is ')' or ']' ? -1 : mark == '{' && !language.HasBareFunctions ? 1 : mark == '}' && !language.HasBareFunctions ? -1 : 0;
            _brackets = Math.Max(0, _brackets);
        }
    }

    /// <summary>A declaration at the start of a line ends what an open bracket before it left open.</summary>
    private bool IsDeclaration(CodeToken token) =>
        token.Kind == CodeTokenKind.Word
        && (Array.Exists(language.TypeKeywords, word => token.Of(text).SequenceEqual(word)) || Array.Exists(language.FunctionKeywords, word => token.Of(text).SequenceEqual(word)));

    private bool IsContinued() => _lines.Last is { Kind: CodeTokenKind.Mark } last && text[last.Start] == '\\' && last.Length > 0;

    private void StartLine(CodeToken token, int indentation)
    {
        while (_frames.Count > 1 && _frames.Peek().Indentation > indentation)
        {
            Pop();
        }

        (int current, CodeFrame frame) = _frames.Peek();
        if (indentation > current && frame.Items.Count > 0)
        {
            Name(frame, hasBody: true);
            CodeFrame inner = new("", frame.Current is { IsContainer: true }, hasLines: true, hasCommas: false);
            _frames.Push((indentation, inner));
            Begin(inner, token);
        }
        else if (!CodeContinuation.IsAfterIndented(text, token) && !IsAfterDecorator(frame))
        {
            Begin(frame, token);
        }
    }

    private void Begin(CodeFrame frame, CodeToken token)
    {
        if (_lines.ItemAt(token) is { } item)
        {
            End(frame);
            frame.Begin(item);
        }
    }

    private void End(CodeFrame frame) => Name(frame, hasBody: false);

    private void Name(CodeFrame frame, bool hasBody)
    {
        if (frame.Current is { } item && !frame.IsPastHeader)
        {
            if (language.NamesByColon)
            {
                item.Name = KeyOf(frame.Header);
                item.IsContainer = hasBody;
            }
            else
            {
                _names.Name(item, frame.Header, frame.IsContainer && language.HasBareFunctions, hasBody);
            }
        }

        frame.IsPastHeader = true;
    }

    /// <summary>The key of a line of YAML that has nothing behind its colon.</summary>
    private string? KeyOf(List<CodeToken> header)
    {
        int start = header.FindIndex(token => !token.Is(text, '-'));
        int colon = header.FindIndex(token => token.Is(text, ':'));
        return start >= 0 && colon > start && colon == header.Count - 1 && header[start].Start + 120 > header[colon].Start
            ? text[header[start].Start..header[colon].Start].Trim('"', '\'')
            : null;
    }

    private bool IsAfterDecorator(CodeFrame frame) =>
        frame.Header.Count > 0 && frame.Header[0].Is(text, '@') && !frame.Header.Exists(token => token.IsFirst && token != frame.Header[0]);

    private int IndentationOf(CodeToken token)
    {
        int columns = 0;
        for (int index = TextLines.LineStart(text, token.Start); index < token.Start; index++)
        {
            columns += text[index] == '\t' ? TabWidth - (columns % TabWidth) : text[index] == '\uFEFF' ? 0 : 1;
        }

        return columns;
    }
}

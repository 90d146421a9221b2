namespace LocalRetrieval.Rag;

/// <summary>Finds declarations and statements by brackets, and by semicolons or line ends between them.</summary>
internal sealed class BracketStructure(string text, SourceLanguage language)
{
    private const int TokensBetweenChecks = 4096;
    private const int MaxUnclosed = 64;

    /// <summary>What is nested deeper is part of the item around it; so much is no program, and each level looks at all items inside.</summary>
    private const int MaxDepth = 256;

    private readonly CodeScanner _scanner = new(text, language);
    private readonly CodeLines _lines = new(text);
    private readonly DeclarationNames _names = new(text, language);
    private readonly ConditionalLines _conditions = new(text);
    private readonly Stack<CodeFrame> _frames = new();
    private readonly bool _isSql = language.Structure == CodeStructure.Sql;

    /// <summary>The outermost items.</summary>
    public List<CodeItem> Read(CancellationToken cancellationToken)
    {
        CodeFrame root = new("", isContainer: true, language.Structure == CodeStructure.BracketsAndLines, _isSql);
        _frames.Push(root);
        for (int count = 0; _scanner.Next(out CodeToken token); count++)
        {
            if (count % TokensBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            Read(token);
        }

        while (_frames.Count > 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Pop();
        }

        End(root);
        root.JoinAtCommas();
        return root.Items;
    }

    private void Read(CodeToken token)
    {
        if (token.Kind == CodeTokenKind.Comment)
        {
            _lines.SkipComment(token);
            return;
        }

        if (token.Kind == CodeTokenKind.Directive)
        {
            _conditions.Read(token, _frames.Count);
            ReadDirective(token);
        }
        else if (!_conditions.IsSkipping && !TryClose(token))
        {
            ReadCode(token);
        }

        _lines.Pass(token);
    }

    /// <summary>A directive between items is one of its own, unless it only goes with what follows.</summary>
    private void ReadDirective(CodeToken token)
    {
        CodeFrame frame = _frames.Peek();
        if (!language.DirectivesLead && frame.State is CodeFrameState.BeforeItem or CodeFrameState.AfterBlock && !_conditions.IsSkipping)
        {
            Begin(frame, token);
            frame.State = CodeFrameState.BeforeItem;
        }
    }

    private void ReadCode(CodeToken token)
    {
        CodeFrame frame = _frames.Peek();
        if (Starts(frame, token))
        {
            Begin(frame, token);
        }

        char mark = token.Kind == CodeTokenKind.Mark ? text[token.Start] : '\0';
        frame.AddToHeader(token);
        switch (mark)
        {
            case '(' or '[' or '{':
                Open(frame, mark);
                break;
            case ';':
                frame.HasStatements |= frame.Close != ")";
                End(frame);
                frame.State = CodeFrameState.BeforeItem;
                break;
            case ',' when frame.HasCommas:
                frame.State = CodeFrameState.AfterComma;
                break;
            default:
                frame.State = CodeFrameState.InItem;
                if (_isSql && token.Kind == CodeTokenKind.Word)
                {
                    ReadSqlWord(frame, token);
                }

                break;
        }
    }

    private bool Starts(CodeFrame frame, CodeToken token) => frame.State switch
    {
        CodeFrameState.BeforeItem or CodeFrameState.AfterComma => true,
        CodeFrameState.AfterBlock => token.IsFirst && !CodeContinuation.IsAfterBlock(text, token),
        _ => frame.HasLines && token.IsFirst && !CodeContinuation.GoesOn(text, language, frame.Header, _lines.Last, token),
    };

    private void Begin(CodeFrame frame, CodeToken token)
    {
        CodeItem? item = _frames.Count > MaxDepth ? null : _lines.ItemAt(token, frame.State == CodeFrameState.AfterComma, frame.Close is ")" or "]" && !frame.HasLines);
        if (item is null && frame.Items.Count > 0)
        {
            // Behind the item before, on its last line.
            return;
        }

        frame.HasStatements |= frame.State is CodeFrameState.InItem or CodeFrameState.AfterBlock && frame.Close != ")";
        End(frame);
        frame.Begin(item);
    }

    private void End(CodeFrame frame)
    {
        if (frame.Current is { Name: null } item && !frame.IsPastHeader)
        {
            _names.Name(item, frame.Header, frame.IsContainer, hasBody: false);
        }

        frame.IsPastHeader = true;
    }

    private void Open(CodeFrame frame, char mark)
    {
        frame.State = CodeFrameState.InItem;
        bool isBrace = mark == '{';
        bool isEnum = isBrace && !frame.IsPastHeader && frame.Header.Exists(token => token.Of(text) is "enum");
        if (isBrace)
        {
            EndHeader(frame);
        }

        bool isContainer = isBrace && frame.Current is { IsContainer: true };
        bool isGoGroup = mark == '(' && !language.OperatorsLead && frame.IsContainer && frame.Header is [{ Kind: CodeTokenKind.Word }, _];
        _frames.Push(new CodeFrame(
            mark switch { '(' => ")", '[' => "]", _ => "}" },
            isContainer,
            language.Structure == CodeStructure.BracketsAndLines && (isBrace || isGoGroup),
            !isContainer || isEnum));
    }

    private void EndHeader(CodeFrame frame)
    {
        if (frame.Current is { } item && !frame.IsPastHeader)
        {
            _names.Name(item, frame.Header, frame.IsContainer, hasBody: true);
        }

        frame.IsPastHeader = true;
    }

    private bool TryClose(CodeToken token)
    {
        string? close = token.Kind == CodeTokenKind.Mark && text[token.Start] is ')' or ']' or '}' ? text[token.Start].ToString()
            : _isSql && token.Kind == CodeTokenKind.Word ? SqlWords.Closer(text, token) : null;
        if (close is null || !_frames.Take(MaxUnclosed).Any(frame => frame.Close == close))
        {
            // A bracket that nothing opened is part of the item.
            return close is not null && !_isSql;
        }

        while (_frames.Peek().Close != close)
        {
            Pop();
        }

        Pop();
        _frames.Peek().State = close == "}" ? CodeFrameState.AfterBlock : CodeFrameState.InItem;
        return true;
    }

    private void Pop()
    {
        CodeFrame frame = _frames.Pop();
        End(frame);
        frame.JoinAtCommas();
        _frames.Peek().TakeOver(frame.Items);
    }

    private void ReadSqlWord(CodeFrame frame, CodeToken token)
    {
        if (SqlWords.EndsBatch(text, token))
        {
            frame.HasStatements = true;
            frame.State = CodeFrameState.BeforeItem;
        }
        else if (SqlWords.Opens(text, _lines.Last, token) is { } close)
        {
            EndHeader(frame);
            _frames.Push(new CodeFrame(close, isContainer: false, hasLines: false, hasCommas: true));
        }
    }
}

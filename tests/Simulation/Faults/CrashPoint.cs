namespace JikoXpress.Simulation.Faults;

/// <summary>Every durable step and every outgoing call of a host, by name.</summary>
internal enum Act
{
    CommitOpening = 1,
    CommitConfirmation,
    CommitEnding,
    CommitChange,
    CommitStock,
    CommitCart,
    CommitCheckout,
    CommitGroup,
    CommitRefund,
    CommitOrder,
    CommitRound,
    CommitBill,
    CommitBillPayment,
    LoadState,
    LoadAnswer,
    LoadItems,
    LoadWallets,
    LoadCodes,
    FindCustomer,
    FindDeadlines,
    FindKitchensDeadlines,
    LoadDeadlines,
    ReachReminders,
    KeepEvent,
    ClaimEvents,
    FinishEvent,
    ParkEvent,
    ClaimAttempts,
    FindAttempt,
    LookAgain,
    LookSoon,
    ClaimRefunds,
    PostponeRefund,
    PushPhone,
    AskAggregator,
    PayBack,

    /// <summary>The session of a period is opened.</summary>
    CommitPeriod,

    /// <summary>The phone of a subscription is asked.</summary>
    CommitPeriodAsk,

    /// <summary>The session of a period is paid or over.</summary>
    CommitPeriodOver,

    /// <summary>A session takes a place of its payment link, keeps it for good, or gives it back.</summary>
    CommitLinkPlace,
    FindLink,
    ChangeLink,
    ClaimSubscriptions,

    /// <summary>The next period is counted in the row of its subscription.</summary>
    CountPeriod,

    /// <summary>It is noted that the phone was asked.</summary>
    NoteAsking,
    StoreSubscription,

    /// <summary>A merchant pauses, resumes or cancels a subscription.</summary>
    ChangeSubscription,
}

internal enum Side { Before = 1, After }

/// <summary>A moment at which a host may die: before a step, or after it when nobody has heard of it yet.</summary>
internal readonly record struct CrashPoint(Act Act, Side Side)
{
    public static IReadOnlyList<CrashPoint> All { get; } =
    [
        .. from act in Enum.GetValues<Act>()
           from side in Enum.GetValues<Side>()
           select new CrashPoint(act, side),
    ];

    public override string ToString() => $"{Side.ToString().ToLowerInvariant()} {Act}";
}

using JikoXpress.Grains.Abstractions;

namespace JikoXpress.Silo.Grains;

/// <summary>The door of a session, wherever in the cluster it is.</summary>
public interface ICheckoutSessionGrain : IGrainWithGuidKey, ICheckoutSession;

/// <summary>The door of a bill, wherever in the cluster it is.</summary>
public interface ITableBillGrain : IGrainWithGuidKey, IBill;

/// <summary>The door of a cart, wherever in the cluster it is.</summary>
public interface IAppCartGrain : IGrainWithGuidKey, ICart;

/// <summary>The door of a kitchen's stock, wherever in the cluster it is.</summary>
public interface IKitchenInventoryGrain : IGrainWithGuidKey, IKitchenInventory;
